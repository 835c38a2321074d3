using System.Buffers;
using TradeIdentity.Codecs;

namespace TradeIdentity.Verification.Trust;

/// <summary>The text of a delta's QR code: <c>TI1D:</c> and the Base45 of the signed delta.</summary>
public static class DeltaText
{
    /// <summary>What every text starts with.</summary>
    public const string Prefix = "TI1D:";

    /// <summary>Bytes of the longest delta that one QR code holds; a longer one travels as a file.</summary>
    public const int MaxDeltaLength = (MaxLength - 5) / 3 * 2;

    // Alphanumeric characters of the largest QR code (version 40 at L).
    private const int MaxLength = 4296;

    /// <summary>Whether <paramref name="text"/> claims to be a delta.</summary>
    public static bool HasPrefix(ReadOnlySpan<char> text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The text for <paramref name="delta"/>, which is at most <see cref="MaxDeltaLength"/> bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> delta)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delta.Length, MaxDeltaLength);
        return Prefix + Base45.Encode(delta);
    }

    /// <summary>Decodes <paramref name="text"/>; false for another prefix, a text longer than a QR code holds, and damage.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] delta)
    {
        delta = [];
        if (!HasPrefix(text) || text.Length > MaxLength)
        {
            return false;
        }

        var bytes = new byte[Base45.MaxDecodedLength(text.Length - Prefix.Length)];
        if (Base45.Decode(text[Prefix.Length..], bytes, out var written) != OperationStatus.Done)
        {
            return false;
        }

        delta = bytes[..written];
        return true;
    }
}
