using System.Buffers;
using System.Buffers.Text;

namespace TradeIdentity.Codecs.Jose;

/// <summary>
/// Base64url as RFC 7515 §2 has it: no padding, no line breaks, no white space, and the bits of the last character that no
/// byte takes are zero, so that bytes have one text. The platform's decoder lets all of these pass.
/// </summary>
internal static class CanonicalBase64Url
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Characters);

    /// <summary>Decodes <paramref name="text"/> to at most <paramref name="maxBytes"/> bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, int maxBytes, out byte[] bytes)
    {
        bytes = [];
        var spare = (text.Length % 4) switch { 0 => 0, 2 => 0x0F, 3 => 0x03, _ => -1 };
        if (spare < 0
            || text.Length / 4 * 3L > maxBytes
            || text.ContainsAnyExcept(Alphabet)
            || (spare != 0 && (Characters.IndexOf(text[^1], StringComparison.Ordinal) & spare) != 0))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length <= maxBytes;
    }
}
