namespace TradeIdentity.Server.Site;

/// <summary>A code as people type it: spaces do not matter, and an Arabic or a Chinese keyboard writes digits of its own (٤٢, ４２).</summary>
internal static class TypedCode
{
    internal static string Read(string? text) => string.Concat((text ?? "").Where(letter => !char.IsWhiteSpace(letter)).Select(Digit));

    private static char Digit(char letter) => char.IsDigit(letter) ? (char)('0' + (int)char.GetNumericValue(letter)) : letter;
}
