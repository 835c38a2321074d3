using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Privacy;

namespace TradeIdentity.Server.Api;

/// <summary>An operator as the register holds it.</summary>
[ToldTo(Viewer.Officer)]
internal sealed record OperatorBody(
    [property: Tells(PrivateFact.Tin)] string Tin,
    [property: Tells(PrivateFact.LegalName)] string LegalName,
    [property: Tells(PrivateFact.TradingNames)] IReadOnlyList<string> TradingNames,
    [property: Tells(PrivateFact.Jurisdiction)] string Jurisdiction,
    [property: Tells(PrivateFact.LegalForm)] string? LegalForm,
    [property: Tells(PrivateFact.RegisteredAddress)] AddressBody? RegisteredAddress,
    [property: Tells(PrivateFact.Identifiers)] IReadOnlyList<IdentifierBody> Identifiers,
    [property: Tells(PrivateFact.TradeRoles)] IReadOnlyList<string> Roles,
    [property: Tells(PrivateFact.AeoStatus)] IReadOnlyList<AeoBody> Aeo,
    [property: Tells(PrivateFact.EntityEvidence)] EvidenceBody Evidence,
    [property: Tells(PrivateFact.EntityEvidence)] DateTimeOffset CreatedAt,
    [property: Tells(PrivateFact.EntityEvidence)] DateTimeOffset UpdatedAt,
    [property: Tells(PrivateFact.EntityEvidence)] int Version,
    [property: Tells(PrivateFact.EntityEvidence)] OperatorSuccessionBody? Succession)
{
    internal static OperatorBody Of(Operator @operator, DateTimeOffset now) => new(
        @operator.Tin.Value,
        @operator.LegalName,
        @operator.TradingNames,
        @operator.Jurisdiction.Value,
        @operator.LegalForm?.Value,
        AddressBody.Of(@operator.RegisteredAddress),
        [.. @operator.Identifiers.Select(identifier => new IdentifierBody(identifier.Scheme.Code, identifier.Value, EvidenceBody.Of(identifier.Evidence, now)))],
        [.. @operator.Roles.Select(role => role.Code)],
        [.. @operator.Aeo.Select(AeoBody.Of)],
        EvidenceBody.Of(@operator.Evidence, now),
        @operator.CreatedAt,
        @operator.UpdatedAt,
        @operator.Version,
        OperatorSuccessionBody.Of(@operator.Succession));
}

/// <summary>Where an operator is registered.</summary>
internal sealed record AddressBody(string? Street, string? Locality, string? PostalCode, string Country)
{
    internal static AddressBody? Of(RegisteredAddress? address) => address is null ? null : new AddressBody(address.Street, address.Locality, address.PostalCode, address.Country.Value);
}

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
[ToldTo(Viewer.Officer)]
internal sealed record AeoBody(
    [property: Tells(PrivateFact.AeoStatus)] string Programme,
    [property: Tells(PrivateFact.AeoStatus)] string Component,
    [property: Tells(PrivateFact.AeoStatus)] string? Tier,
    [property: Tells(PrivateFact.AeoStatus)] string Status,
    [property: Tells(PrivateFact.AeoAuthorisation)] string? AuthorisationNumber,
    [property: Tells(PrivateFact.AeoValidity)] DateOnly EffectiveFrom,
    [property: Tells(PrivateFact.AeoValidity)] DateOnly? EffectiveUntil)
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

/// <summary>Operators that could be taken for another, at most <see cref="FindLookalikes.Most"/>; those with the same number first.</summary>
internal sealed record LookalikeList(IReadOnlyList<Lookalike> Items);
