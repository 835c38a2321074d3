namespace TradeIdentity.Authority.Companies;

/// <summary>
/// What somebody states of a legal entity, as an operator's document has it. Nothing of it is verified, and it is well-formed only once
/// <see cref="DeclaredEntity"/> has read it.
/// </summary>
/// <param name="LegalName">In its own script.</param>
/// <param name="Jurisdiction">ISO 3166, as in <c>NL</c> or <c>US-DE</c>.</param>
/// <param name="LegalForm">ISO 20275.</param>
/// <param name="RegisteredAddress">Where it is registered.</param>
/// <param name="Identifiers">Its numbers.</param>
/// <param name="Roles">Codes of UN/EDIFACT 3035.</param>
/// <param name="Tin">The trader number that it has; null: it has none that it knows of.</param>
public sealed record EntityDetails(
    string LegalName,
    string Jurisdiction,
    string? LegalForm = null,
    EntityAddress? RegisteredAddress = null,
    IReadOnlyList<EntityIdentifier>? Identifiers = null,
    IReadOnlyList<string>? Roles = null,
    string? Tin = null);
