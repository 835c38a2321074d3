using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators;

/// <summary>What a source says about an operator: a document that was read and found well-formed.</summary>
public sealed record OperatorFacts
{
    public required Tin Tin { get; init; }

    public required string LegalName { get; init; }

    public required IReadOnlyList<string> TradingNames { get; init; }

    public required Jurisdiction Jurisdiction { get; init; }

    public EntityLegalForm? LegalForm { get; init; }

    public RegisteredAddress? RegisteredAddress { get; init; }

    public required IReadOnlyList<DeclaredIdentifier> Identifiers { get; init; }

    public required IReadOnlyList<TradeRole> Roles { get; init; }

    public required IReadOnlyList<AeoEntry> Aeo { get; init; }

    public SourceEvidence? Evidence { get; init; }
}
