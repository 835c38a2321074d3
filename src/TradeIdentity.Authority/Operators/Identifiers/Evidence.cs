namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Why a fact about an operator is believed: who said it, what confirmed it, when, and until when that holds.</summary>
/// <param name="Source">Where it comes from, in words, e.g. the name of a register.</param>
/// <param name="AssertedBy">The client or account that brought it.</param>
/// <param name="AssertedAt">When the source said it.</param>
/// <param name="ConfirmedBy">What confirmed it; null: nothing did.</param>
/// <param name="ConfirmedAt">When it was confirmed.</param>
/// <param name="ValidUntil">Until when that confirmation holds; null: no end is known.</param>
public sealed record Evidence(
    string Source,
    string AssertedBy,
    DateTimeOffset AssertedAt,
    Confirmation? ConfirmedBy = null,
    DateTimeOffset? ConfirmedAt = null,
    DateTimeOffset? ValidUntil = null)
{
    /// <summary>Well-formed is not verified: without a confirmation that still holds, a fact is declared only.</summary>
    public AssuranceLevel LevelAt(DateTimeOffset at) =>
        ConfirmedBy is null || (ValidUntil is { } until && until < at) ? AssuranceLevel.Declared : AssuranceLevel.Confirmed;
}
