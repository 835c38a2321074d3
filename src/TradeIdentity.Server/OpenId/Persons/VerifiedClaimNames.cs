using System.Collections.Frozen;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>What can stand inside <c>verified_claims</c>, and which scope it belongs to: elements about the person go with <c>profile</c>, those about the entity with <c>organization</c>.</summary>
internal static class VerifiedClaimNames
{
    internal const string VerifiedClaims = "verified_claims";
    internal const string OrganizationName = "organization_name";
    internal const string LegalJurisdiction = "legal_jurisdiction";
    internal const string TradingAs = "trading_as";
    internal const string EntityLegalForm = "entity_legal_form";
    internal const string RegisteredAddress = "registered_address";
    internal const string OrganizationIdentifiers = "organization_identifiers";

    internal static FrozenDictionary<string, string> ScopeOf { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Claims.GivenName] = IdentityScopes.Profile,
        [Claims.FamilyName] = IdentityScopes.Profile,
        [OrganizationName] = IdentityScopes.Organization,
        [LegalJurisdiction] = IdentityScopes.Organization,
        [TradingAs] = IdentityScopes.Organization,
        [EntityLegalForm] = IdentityScopes.Organization,
        [RegisteredAddress] = IdentityScopes.Organization,
        [OrganizationIdentifiers] = IdentityScopes.Organization,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Those about the person, as a consent keeps them.</summary>
    internal static IReadOnlyList<string> OfPersonInConsent { get; } = [InConsent(Claims.FamilyName), InConsent(Claims.GivenName)];

    /// <summary>As a consent keeps one of them: apart from the claim of the same name that the person wrote themselves.</summary>
    internal static string InConsent(string name) => $"{VerifiedClaims}/{name}";
}
