using System.Text;

namespace TradeIdentity.Cli.Verifier;

/// <summary>
/// Reads lines of bounded length. A longer line comes cut to the bound, and the rest is passed over. Bytes beyond ASCII come
/// as characters that no text of the profile has.
/// </summary>
internal sealed class BoundedLineReader(Stream stream, int maxLength) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly StringBuilder _line = new();
    private int _at;
    private int _end;

    internal bool TryRead(out string line)
    {
        _line.Clear();
        var any = false;
        while (Fill())
        {
            any = true;
            var rest = _buffer.AsSpan(_at, _end - _at);
            var feed = rest.IndexOf((byte)'\n');
            var part = feed < 0 ? rest : rest[..feed];
            _line.Append(Encoding.Latin1.GetString(part[..Math.Min(part.Length, maxLength - _line.Length)]));
            _at += feed < 0 ? rest.Length : feed + 1;
            if (feed >= 0)
            {
                break;
            }
        }

        line = TokenText.Trim(_line.ToString());
        return any;
    }

    public void Dispose() => stream.Dispose();

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
