using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators;

/// <summary>Evidence as a source gives it; who brought it, and when where it does not say, is known only when it is registered.</summary>
public sealed record SourceEvidence(
    string Source,
    DateTimeOffset? AssertedAt,
    Confirmation? ConfirmedBy,
    DateTimeOffset? ConfirmedAt,
    DateTimeOffset? ValidUntil)
{
    /// <summary>Of a document that names no source.</summary>
    internal static SourceEvidence None { get; } = new("not stated", null, null, null, null);

    public Evidence By(string assertedBy, DateTimeOffset now) =>
        new(Source, assertedBy, AssertedAt ?? now, ConfirmedBy, ConfirmedAt, ValidUntil);
}
