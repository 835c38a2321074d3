using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Server.Api;

/// <summary>An operator as the register holds it.</summary>
internal sealed record OperatorBody(
    string Tin,
    string LegalName,
    IReadOnlyList<string> TradingNames,
    string Jurisdiction,
    string? LegalForm,
    AddressBody? RegisteredAddress,
    IReadOnlyList<IdentifierBody> Identifiers,
    IReadOnlyList<string> Roles,
    IReadOnlyList<AeoBody> Aeo,
    EvidenceBody Evidence,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version)
{
    internal static OperatorBody Of(Operator @operator, DateTimeOffset now) => new(
        @operator.Tin.Value,
        @operator.LegalName,
        @operator.TradingNames,
        @operator.Jurisdiction.Value,
        @operator.LegalForm?.Value,
        @operator.RegisteredAddress is { } address ? new AddressBody(address.Street, address.Locality, address.PostalCode, address.Country.Value) : null,
        [.. @operator.Identifiers.Select(identifier => new IdentifierBody(identifier.Scheme.Code, identifier.Value, EvidenceBody.Of(identifier.Evidence, now)))],
        [.. @operator.Roles.Select(role => role.Code)],
        [.. @operator.Aeo.Select(AeoBody.Of)],
        EvidenceBody.Of(@operator.Evidence, now),
        @operator.CreatedAt,
        @operator.UpdatedAt,
        @operator.Version);
}

/// <summary>Where an operator is registered.</summary>
internal sealed record AddressBody(string? Street, string? Locality, string? PostalCode, string Country);

/// <summary>An identifier with its evidence.</summary>
internal sealed record IdentifierBody(string Scheme, string Value, EvidenceBody Evidence);

/// <summary>Why a fact is believed. The level is <c>declared</c> or <c>confirmed</c>: well-formed is not verified.</summary>
internal sealed record EvidenceBody(
    string Level, string Source, string AssertedBy, DateTimeOffset AssertedAt, string? ConfirmedBy, DateTimeOffset? ConfirmedAt, DateTimeOffset? ValidUntil)
{
    internal static EvidenceBody Of(Evidence evidence, DateTimeOffset now) => new(
        evidence.LevelAt(now) == AssuranceLevel.Confirmed ? "confirmed" : "declared",
        evidence.Source,
        evidence.AssertedBy,
        evidence.AssertedAt,
        evidence.ConfirmedBy switch
        {
            Confirmation.Register => "register",
            Confirmation.Document => "document",
            Confirmation.Officer => "officer",
            _ => null,
        },
        evidence.ConfirmedAt,
        evidence.ValidUntil);
}

/// <summary>An AEO component as it is now.</summary>
internal sealed record AeoBody(
    string Programme, string Component, string? Tier, string Status, string? AuthorisationNumber, DateOnly EffectiveFrom, DateOnly? EffectiveUntil)
{
    internal static AeoBody Of(AeoComponent component) => new(
        component.Programme,
        component.Component,
        component.Tier,
        component.Status.ToCode(),
        component.AuthorisationNumber,
        component.EffectiveFrom,
        component.EffectiveUntil);
}

/// <summary>A page of operators; the next one has this cursor, the last page none.</summary>
internal sealed record OperatorPageBody(IReadOnlyList<OperatorBody> Items, string? NextCursor);
