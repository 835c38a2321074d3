namespace TradeIdentity.Codecs.StatusLists;

/// <summary>
/// Hands out its last byte alone, and notes whether it was asked for and whether more was asked for after it: which
/// tells whether the inflater ended with the last byte, before it (trailing bytes) or not at all (cut short). The
/// platform's ZLibStream reports none of these.
/// </summary>
internal sealed class EndMarkingStream(byte[] bytes) : Stream
{
    private int _at;
    private bool _askedBeyond;

    public bool EndedExactly => _at == bytes.Length && !_askedBeyond;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (_at == bytes.Length)
        {
            _askedBeyond = true;
            return 0;
        }

        var beforeLast = bytes.Length - 1 - _at;
        var count = Math.Min(buffer.Length, beforeLast == 0 ? 1 : beforeLast);
        bytes.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
