namespace TradeIdentity.Cli.Verifier;

/// <summary>The text of a QR code as it comes from a command line, a scanner or a file.</summary>
internal static class TokenText
{
    /// <summary>Scanners and shells add white space around a text; Base45 has a blank in its alphabet, but no text starts or ends with what is cut here.</summary>
    internal static string Trim(string text) => text.TrimEnd('\r', '\n').TrimStart('\uFEFF');
}
