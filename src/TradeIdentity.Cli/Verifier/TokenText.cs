using System.Text;

namespace TradeIdentity.Cli.Verifier;

/// <summary>The text of a QR code as it comes from a command line, a scanner or a file.</summary>
internal static class TokenText
{
    /// <summary>Bytes of the longest text that is looked at: beyond the longest of a QR code.</summary>
    internal const int MaxLength = 8192;

    /// <summary>Stands for a text that is longer, which nobody holds: malformed, as that is.</summary>
    internal const string TooLong = "TI1:";

    /// <summary>
    /// Cuts what scanners, shells and editors add around a text. A blank is of the alphabet of Base45, but no group of it ends
    /// with one (RFC 9285 §4: the last character of a group is at most <c>W</c>), so nothing of a text is lost.
    /// </summary>
    internal static string Trim(string text) => text.Trim('\uFEFF', ' ', '\t', '\r', '\n');

    /// <summary>The text on standard input, all of it.</summary>
    internal static string ReadStandardInput()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[MaxLength + 1];
        var length = input.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length > MaxLength ? TooLong : Trim(Encoding.UTF8.GetString(buffer, 0, length));
    }
}
