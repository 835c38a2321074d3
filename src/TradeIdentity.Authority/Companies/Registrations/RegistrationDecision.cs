namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>How an officer confirms a registration.</summary>
/// <param name="Tin">The trader number that the authority gives the entity; or the number of the registered one that the person joins.</param>
/// <param name="JoinsRegistered">The person is let into an entity that is registered: nothing of it changes.</param>
/// <param name="Evidence">What shows that the person may act for it.</param>
/// <param name="ConfirmedBy"><c>register</c>, <c>document</c> or <c>officer</c>: what confirms who the entity is.</param>
/// <param name="Source">The register, or the document.</param>
/// <param name="ConfirmedSchemes">Which of its numbers that confirms; the others stay declared.</param>
/// <param name="AsAdministrator">The person says who else acts for it; else they are a representative.</param>
public sealed record RegistrationDecision(
    string Tin,
    bool JoinsRegistered,
    string Evidence,
    string? ConfirmedBy = null,
    string? Source = null,
    IReadOnlyList<string>? ConfirmedSchemes = null,
    bool AsAdministrator = true);
