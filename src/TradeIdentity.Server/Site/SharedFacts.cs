using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.OpenId.Persons;

namespace TradeIdentity.Server.Site;

/// <summary>What scopes and claims tell or allow a client, line by line, in plain words.</summary>
internal static class SharedFacts
{
    /// <summary>What was confirmed about the person; of the entity it is <c>verified_claims</c>.</summary>
    internal const string VerifiedPerson = "verified_person";

    private static readonly Dictionary<string, string[]> ClaimsOf = new(StringComparer.Ordinal)
    {
        [IdentityScopes.OpenId] = ["sub", "sign_in"],
        [IdentityScopes.Profile] = ["name", "locale"],
        [IdentityScopes.Email] = ["email"],
        [IdentityScopes.Organization] = ["organization", "roles", "verified_claims"],
        [IdentityScopes.Aeo] = ["aeo"],
        [IdentityScopes.Mandates] = ["mandates"],
    };

    private static readonly string[] OfEntity = ["organization", "roles", "verified_claims", "aeo", "mandates"];

    // Said by another line, or with every answer.
    private static readonly Dictionary<string, string> SameAs = new(
        VerifiedClaimNames.ScopeOf.Select(name => KeyValuePair.Create(
            VerifiedClaimNames.InConsent(name.Key), name.Value == IdentityScopes.Profile ? VerifiedPerson : VerifiedClaimNames.VerifiedClaims)),
        StringComparer.Ordinal)
    {
        ["email_verified"] = "email",
        ["auth_time"] = "sign_in",
        ["acr"] = "sign_in",
        ["amr"] = "sign_in",
        ["sid"] = "sign_in",
    };

    /// <summary>Names of claims about the person, about the legal entity, and scopes that allow to do something.</summary>
    internal static (IReadOnlyList<string> Person, IReadOnlyList<string> Entity, IReadOnlyList<string> Access) Sort(IEnumerable<string> scopes, IEnumerable<string> claims)
    {
        var asked = scopes.ToArray();
        var facts = asked.SelectMany(scope => ClaimsOf.GetValueOrDefault(scope, [])).Concat(claims.Select(claim => SameAs.GetValueOrDefault(claim, claim))).Distinct().ToList();
        if (facts.Contains("name"))
        {
            facts.RemoveAll(fact => fact is "given_name" or "family_name");
        }

        return ([.. facts.Except(OfEntity)], [.. facts.Intersect(OfEntity)], [.. asked.Where(scope => !ClaimsOf.ContainsKey(scope))]);
    }

    internal static string OfClaim(string claim, Wording words) => words.Find($"Consent.claim.{claim}") ?? words["Consent.claim.other", claim];

    internal static string OfScope(string scope, Wording words) => words.Find($"Consent.scope.{scope}") ?? words["Consent.scope.other", scope];
}
