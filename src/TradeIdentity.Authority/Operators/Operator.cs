using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators;

/// <summary>A trade actor as the register holds it.</summary>
public sealed record Operator
{
    public required Tin Tin { get; init; }

    public required string LegalName { get; init; }

    public IReadOnlyList<string> TradingNames { get; init; } = [];

    public required Jurisdiction Jurisdiction { get; init; }

    public EntityLegalForm? LegalForm { get; init; }

    public RegisteredAddress? RegisteredAddress { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    public IReadOnlyList<TradeRole> Roles { get; init; } = [];

    public IReadOnlyList<AeoComponent> Aeo { get; init; } = [];

    /// <summary>What became of it; null: nothing.</summary>
    public OperatorSuccession? Succession { get; init; }

    /// <summary>Of the names, address and roles.</summary>
    public required Evidence Evidence { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>From 1, one more with each change.</summary>
    public required int Version { get; init; }
}
