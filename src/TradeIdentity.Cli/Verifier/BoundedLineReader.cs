using System.Text;

namespace TradeIdentity.Cli.Verifier;

/// <summary>Reads texts, one a line. Of a line longer than the bound nothing is held: it comes as <see cref="TokenText.TooLong"/>.</summary>
internal sealed class BoundedLineReader(Stream stream, int maxLength)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly byte[] _line = new byte[maxLength];
    private int _at;
    private int _end;

    /// <summary>Whether the next line is in hand, so that reading it waits for nobody.</summary>
    internal bool HasLine => _buffer.AsSpan(_at, _end - _at).Contains((byte)'\n');

    internal bool TryRead(out string line)
    {
        var (any, length, isTooLong) = (false, 0, false);
        while (Fill())
        {
            any = true;
            var rest = _buffer.AsSpan(_at, _end - _at);
            var feed = rest.IndexOf((byte)'\n');
            var part = feed < 0 ? rest : rest[..feed];
            _at += feed < 0 ? rest.Length : feed + 1;
            isTooLong = isTooLong || part.Length > maxLength - length;
            if (!isTooLong)
            {
                part.CopyTo(_line.AsSpan(length));
                length += part.Length;
            }

            if (feed >= 0)
            {
                break;
            }
        }

        line = isTooLong ? TokenText.TooLong : TokenText.Trim(Encoding.UTF8.GetString(_line, 0, length));
        return any;
    }

    private bool Fill()
    {
        if (_at < _end)
        {
            return true;
        }

        _at = 0;
        _end = stream.Read(_buffer);
        return _end > 0;
    }
}
