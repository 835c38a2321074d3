namespace TradeIdentity.Verification.Credentials;

/// <summary>Kinds of declarations by their code in a credential. Codes are never reused.</summary>
public static class DeclarationCodes
{
    private static readonly string[] Names =
        ["", "entry-summary", "exit-summary", "export", "import", "re-export", "temporary-storage", "transit"];

    /// <summary>The names of all kinds, in the order of their codes from 1.</summary>
    public static IReadOnlyList<string> All { get; } = Names[1..];

    /// <summary>The kind's name, e.g. <c>import</c> for 4; <c>declaration-n</c> for a code that this version does not know.</summary>
    public static string Name(int code) =>
        code > 0 && code < Names.Length ? Names[code] : FormattableString.Invariant($"declaration-{code}");

    /// <summary>The code of a kind, or 0 where there is none of this name.</summary>
    public static int Find(string name) => Math.Max(0, Array.IndexOf(Names, name, 1));
}
