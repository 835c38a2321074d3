using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators;

/// <summary>An identifier as its table has it.</summary>
internal sealed record IdentifierRow
{
    public const string Columns =
        """
        tin AS Tin, scheme AS Scheme, value AS Value, source AS Source, asserted_by AS AssertedBy, asserted_at AS AssertedAt,
        confirmed_by AS ConfirmedBy, confirmed_at AS ConfirmedAt, valid_until AS ValidUntil
        """;

    public required string Tin { get; init; }

    public required string Scheme { get; init; }

    public required string Value { get; init; }

    public required string Source { get; init; }

    public required string AssertedBy { get; init; }

    public required long AssertedAt { get; init; }

    public string? ConfirmedBy { get; init; }

    public long? ConfirmedAt { get; init; }

    public long? ValidUntil { get; init; }

    public static IdentifierRow Of(Tin tin, Identifier identifier)
    {
        var evidence = EvidenceRow.Of(identifier.Evidence);
        return new IdentifierRow
        {
            Tin = tin.Value,
            Scheme = identifier.Scheme.Code,
            Value = identifier.Value,
            Source = evidence.Source,
            AssertedBy = evidence.AssertedBy,
            AssertedAt = evidence.AssertedAt,
            ConfirmedBy = evidence.ConfirmedBy,
            ConfirmedAt = evidence.ConfirmedAt,
            ValidUntil = evidence.ValidUntil,
        };
    }

    public Identifier ToIdentifier() => new(
        IdentifierScheme.Parse(Scheme),
        Value,
        new EvidenceRow(Source, AssertedBy, AssertedAt, ConfirmedBy, ConfirmedAt, ValidUntil).ToEvidence());
}
