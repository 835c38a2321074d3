namespace TradeIdentity.Verification.Trust;

/// <summary>A component of an AEO programme of the catalogue.</summary>
public sealed record AeoComponentEntry
{
    /// <summary>Code inside a credential.</summary>
    public required int Code { get; init; }

    /// <summary>Programme, e.g. <c>EU-AEO</c>.</summary>
    public required string Programme { get; init; }

    /// <summary>Component, e.g. <c>AEOC</c>.</summary>
    public required string Component { get; init; }

    /// <summary>Name on the screen, by language tag.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Names { get; init; } = [];
}
