using System.Buffers;
using TradeIdentity.Codecs.StatusLists;

namespace TradeIdentity.Codecs.Envelopes;

/// <summary>The outer layers that the envelopes of others share: Base45 and zlib, both bounded.</summary>
internal static class EnvelopeText
{
    /// <summary>Alphanumeric characters of the largest QR code, version 40 at L.</summary>
    public const int MaxLength = 4296;

    /// <summary>Bytes that a compressed message may inflate to: fifty times what the largest of the published ones take.</summary>
    public const int MaxInflatedBytes = 65_536;

    public static EnvelopeFailure Decode(ReadOnlySpan<char> text, out byte[] compressed)
    {
        compressed = [];
        if (text.Length > MaxLength)
        {
            return EnvelopeFailure.TooLong;
        }

        var bytes = new byte[Base45.MaxDecodedLength(text.Length)];
        if (Base45.Decode(text, bytes, out var written) != OperationStatus.Done)
        {
            return EnvelopeFailure.Base45;
        }

        compressed = bytes[..written];
        return EnvelopeFailure.None;
    }

    public static EnvelopeFailure Inflate(ReadOnlySpan<byte> compressed, out byte[] cose) =>
        BoundedZlib.TryInflate(compressed, MaxInflatedBytes, out cose) ? EnvelopeFailure.None : EnvelopeFailure.Compression;
}
