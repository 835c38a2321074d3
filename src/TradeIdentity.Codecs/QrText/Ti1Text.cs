using System.Buffers;

namespace TradeIdentity.Codecs.QrText;

/// <summary>
/// The text of a credential's QR code: <c>TI1:</c> and the Base45 of a COSE_Sign1 message. One text for one message:
/// no lower case, no white space, nothing after it.
/// </summary>
public static class Ti1Text
{
    /// <summary>What every text of this version starts with.</summary>
    public const string Prefix = "TI1:";

    /// <summary>Alphanumeric characters of the largest QR code (version 40 at L): no longer text can come from one.</summary>
    public const int MaxLength = 4296;

    /// <summary>Bytes of the longest message.</summary>
    public const int MaxMessageLength = (MaxLength - 4) / 3 * 2;

    /// <summary>Whether <paramref name="text"/> claims to be of this format, right or wrong.</summary>
    public static bool HasPrefix(ReadOnlySpan<char> text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Decodes <paramref name="text"/>.</summary>
    /// <param name="text">The whole text of the QR code.</param>
    /// <param name="message">Receives the message; <see cref="MaxMessageLength"/> bytes are always enough.</param>
    /// <param name="written">Length of the message.</param>
    /// <returns>False for another prefix, a text that is too long, and anything that Base45 refuses.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> message, out int written)
    {
        written = 0;
        return HasPrefix(text)
            && text.Length <= MaxLength
            && Base45.Decode(text[Prefix.Length..], message, out written) == OperationStatus.Done;
    }

    /// <summary>The text for <paramref name="message"/>.</summary>
    public static string Encode(ReadOnlySpan<byte> message)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, MaxMessageLength);
        return Prefix + Base45.Encode(message);
    }
}
