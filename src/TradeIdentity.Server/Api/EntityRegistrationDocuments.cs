using TradeIdentity.Authority.Companies;
using TradeIdentity.Authority.Companies.Extracts;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Server.Api;

/// <summary>Asks to act for a legal entity, which is registered with it unless it is.</summary>
/// <param name="Entity">The entity, as the person states it.</param>
/// <param name="Capacity">What the person is for it, 1 to 100 characters.</param>
/// <param name="Basis">Why the person may act for it, 1 to 1,000 characters.</param>
internal sealed record EntityApplicationBody(EntityDetails Entity, string Capacity, string Basis)
{
    internal EntityApplication ToApplication() => new(Entity, Capacity, Basis);
}

/// <summary>The person's answer to what an officer asked.</summary>
/// <param name="Answer">1 to 2,000 characters.</param>
internal sealed record RegistrationAnswerBody(string Answer);

/// <summary>What an officer asks, or why one refuses.</summary>
/// <param name="Text">1 to 2,000 characters, which the person reads.</param>
internal sealed record RegistrationTextBody(string Text);

/// <summary>An officer's confirmation of the entity and of the person's right to act for it.</summary>
/// <param name="Tin">The trader number that the authority gives; with <c>joinsRegistered</c> that of the registered entity.</param>
/// <param name="Evidence">What shows that the person may act for it, 1 to 2,000 characters.</param>
/// <param name="JoinsRegistered">The person is let into an entity that is registered.</param>
/// <param name="ConfirmedBy"><c>register</c>, <c>document</c> or <c>officer</c>.</param>
/// <param name="Source">Name of the register or document.</param>
/// <param name="ConfirmedSchemes">Which of its numbers that confirms.</param>
/// <param name="AsAdministrator">False: as a representative.</param>
internal sealed record RegistrationDecisionBody(
    string Tin,
    string Evidence,
    bool JoinsRegistered = false,
    string? ConfirmedBy = null,
    string? Source = null,
    IReadOnlyList<string>? ConfirmedSchemes = null,
    bool AsAdministrator = true)
{
    internal RegistrationDecision ToDecision() => new(Tin, JoinsRegistered, Evidence, ConfirmedBy ?? (JoinsRegistered ? "officer" : null), Source, ConfirmedSchemes, AsAdministrator);
}

/// <summary>A registration. <c>entity</c> is declared, whatever is well-formed in it; <c>register</c> is what a register said of it.</summary>
internal sealed record EntityRegistrationBody(
    string Id,
    string State,
    EntityDetails Entity,
    string Capacity,
    string Basis,
    RegisterExtractBody? Register,
    bool JoinsRegistered,
    string? Joins,
    string? AccountId,
    DateTimeOffset SubmittedAt,
    string? Question,
    string? Answer,
    string? Tin,
    string? Evidence,
    string? Reason,
    DateTimeOffset? SettledAt,
    IReadOnlyList<Lookalike>? Alike)
{
    /// <summary>For officers.</summary>
    internal static EntityRegistrationBody Of(EntityRegistration registration, IReadOnlyList<Lookalike>? alike) => new(
        registration.Id,
        registration.State,
        registration.Entity,
        registration.Capacity,
        registration.Basis,
        registration.Extract is { } extract ? RegisterExtractBody.Of(extract) : null,
        registration.Joins is not null,
        registration.Joins?.Value,
        registration.AccountId,
        registration.SubmittedAt,
        registration.Question,
        registration.Answer,
        registration.Tin?.Value,
        registration.Evidence,
        registration.Reason,
        registration.SettledAt,
        alike);

    /// <summary>For the person: that it is registered, not under which number; and nothing of what the officer saw.</summary>
    internal static EntityRegistrationBody ForPerson(EntityRegistration registration) =>
        Of(registration, null) with { AccountId = null, Joins = null, Evidence = null };
}

/// <summary>Registrations; the next page has this cursor, the last none.</summary>
internal sealed record EntityRegistrationPageBody(IReadOnlyList<EntityRegistrationBody> Items, string? NextCursor);

/// <summary>What a register says of a legal entity.</summary>
internal sealed record RegisterExtractBody(EntityDetails Entity, string? Status, string Source, DateTimeOffset? AsOf)
{
    internal static RegisterExtractBody Of(RegisterExtract extract) => new(extract.Entity, extract.Status, extract.Source, extract.AsOf);
}

/// <summary>One entity of the file of a register: <c>ExtractDocument</c> reads it, strictly.</summary>
/// <param name="Identifiers">1 to 16 numbers; it is found under each.</param>
/// <param name="LegalName">In its own script.</param>
/// <param name="Jurisdiction">ISO 3166.</param>
/// <param name="Source">The register.</param>
/// <param name="LegalForm">ISO 20275.</param>
/// <param name="RegisteredAddress">Where it is registered.</param>
/// <param name="Status">As the register calls it.</param>
/// <param name="AsOf">When it said so.</param>
internal sealed record RegisterExtractLine(
    IReadOnlyList<EntityIdentifier> Identifiers,
    string LegalName,
    string Jurisdiction,
    string Source,
    string? LegalForm = null,
    EntityAddress? RegisteredAddress = null,
    string? Status = null,
    DateTimeOffset? AsOf = null);
