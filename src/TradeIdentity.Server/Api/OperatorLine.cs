namespace TradeIdentity.Server.Api;

/// <summary>One operator of an import, for the description of the API: <c>OperatorDocument</c> reads it, strictly.</summary>
internal sealed record OperatorLine
{
    public required string Tin { get; init; }

    public required string LegalName { get; init; }

    public IReadOnlyList<string>? TradingNames { get; init; }

    /// <summary>ISO 3166-1 alpha-2, or a subdivision of ISO 3166-2.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>A code of ISO 20275.</summary>
    public string? LegalForm { get; init; }

    public AddressBody? RegisteredAddress { get; init; }

    public IReadOnlyList<IdentifierLine>? Identifiers { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    public IReadOnlyList<AeoLine>? Aeo { get; init; }

    public EvidenceLine? Evidence { get; init; }
}

/// <summary>An identifier of an operator in an import.</summary>
internal sealed record IdentifierLine(string Scheme, string Value, EvidenceLine? Evidence);

/// <summary>Where a source has a fact from, and who confirmed it.</summary>
internal sealed record EvidenceLine(
    string Source, DateTimeOffset? AssertedAt, string? ConfirmedBy, DateTimeOffset? ConfirmedAt, DateTimeOffset? ValidUntil);

/// <summary>The answer to one line of an import.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Tin">Null where the line has none that can be read.</param>
/// <param name="Outcome"><c>created</c>, <c>updated</c>, <c>unchanged</c> or <c>rejected</c>.</param>
/// <param name="Code">Why it was rejected.</param>
/// <param name="Detail">The same for people.</param>
internal sealed record ImportAnswerLine(long Line, string? Tin, string Outcome, string? Code, string? Detail);

/// <summary>An AEO component as the register that is imported has it.</summary>
/// <param name="Programme">By default the programme of the TIN's country.</param>
/// <param name="Component">A component of the programme, e.g. <c>AEOC</c>.</param>
/// <param name="Tier">Where the component has tiers.</param>
/// <param name="Status"><c>granted</c>, <c>suspended</c>, <c>revoked</c> or another decision.</param>
/// <param name="Ground">Of a suspension.</param>
/// <param name="AuthorisationNumber">Printable ASCII.</param>
/// <param name="DecidedOn">A calendar date.</param>
/// <param name="EffectiveFrom">A calendar date.</param>
/// <param name="EffectiveUntil">A calendar date.</param>
internal sealed record AeoLine(
    string? Programme,
    string Component,
    string? Tier,
    string Status,
    string? Ground,
    string? AuthorisationNumber,
    DateOnly? DecidedOn,
    DateOnly EffectiveFrom,
    DateOnly? EffectiveUntil);
