using System.Collections.Immutable;

namespace TradeIdentity.Authority.Mandates;

/// <summary>Kinds of declarations and notifications that a mandate can be limited to. Codes are published and never reused.</summary>
public static class DeclarationKinds
{
    public static ImmutableArray<string> All { get; } =
        ["entry-summary", "exit-summary", "export", "import", "re-export", "temporary-storage", "transit"];
}
