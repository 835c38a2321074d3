namespace TradeIdentity.Verification.Trust;

/// <summary>
/// What became of an operator after its credentials were issued, so that a credential of before explains itself: who carries it on, or
/// what it is called now.
/// </summary>
public sealed record Succession
{
    /// <summary>Code of the issuer that says so; it explains this issuer's credentials only.</summary>
    public required string Issuer { get; init; }

    /// <summary>WCO Trader Identification Number of the operator as it was.</summary>
    public required string Tin { get; init; }

    /// <summary>What happened.</summary>
    public required SuccessionKind Kind { get; init; }

    /// <summary>Its first day.</summary>
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>Who carries it on: one, or of a division one to ten. Of a renaming the operator itself, by its new name.</summary>
    public required IReadOnlyList<Successor> Successors { get; init; }
}
