namespace TradeIdentity.Verification.Credentials;

/// <summary>What a mandate is limited to. An empty list is no limit of its kind.</summary>
public sealed record MandateLimits
{
    /// <summary>No limit at all.</summary>
    public static MandateLimits None { get; } = new();

    /// <summary>Codes of declarations; see <see cref="DeclarationCodes"/>.</summary>
    public IReadOnlyList<int> Declarations { get; init; } = [];

    /// <summary>Customs procedures, of two digits or of four.</summary>
    public IReadOnlyList<string> Procedures { get; init; } = [];

    /// <summary>UN/LOCODEs.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>The most that goods of one declaration may be worth, in whole units of <see cref="Currency"/>; null: no limit.</summary>
    public long? Value { get; init; }

    /// <summary>ISO 4217, where there is a <see cref="Value"/>.</summary>
    public string? Currency { get; init; }
}
