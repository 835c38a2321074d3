namespace TradeIdentity.Verification.Credentials;

/// <summary>Identifier schemes by their code in a credential. Codes are never reused.</summary>
public static class IdentifierSchemes
{
    private static readonly string[] Names =
        ["", "lei", "eori", "gln", "duns", "vat", "euid", "national", "abn", "uen", "uscc", "cnpj", "siren", "bn"];

    /// <summary>The scheme's name, e.g. <c>lei</c> for 1; <c>scheme-n</c> for a code that this version does not know.</summary>
    public static string Name(int scheme) =>
        scheme > 0 && scheme < Names.Length ? Names[scheme] : FormattableString.Invariant($"scheme-{scheme}");
}
