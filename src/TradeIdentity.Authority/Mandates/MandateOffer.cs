using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Mandates;

/// <summary>What a grantor grants.</summary>
public sealed record MandateOffer
{
    public required Tin Grantor { get; init; }

    public required MandateRepresentative Representative { get; init; }

    public required MandateKind Kind { get; init; }

    public required MandateScope Scope { get; init; }

    /// <summary>How many links may hang beneath.</summary>
    public int FurtherLevels { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>The mandate that is passed on; null where the grantor is the principal.</summary>
    public string? Parent { get; init; }

    /// <summary>Required of the authority's own system.</summary>
    public string? Evidence { get; init; }
}
