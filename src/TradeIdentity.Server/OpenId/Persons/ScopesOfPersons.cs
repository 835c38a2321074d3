using System.Collections.Frozen;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>
/// What a person can let a client do at the API: never more than they may do themselves. A client is permitted a scope; whether a
/// token carries it for this person is decided by what the person is, anew for each token.
/// </summary>
internal static class ScopesOfPersons
{
    private static readonly FrozenDictionary<string, string[]> OfficersOf = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [ApiScopes.OperatorsRead] = [.. AccountRoles.All],
        [ApiScopes.OperatorsWrite] = [AccountRoles.Registrar],
        [ApiScopes.RegistryImport] = [AccountRoles.Registrar],
        [ApiScopes.AeoDecide] = [AccountRoles.AeoOfficer, AccountRoles.Approver],
        [ApiScopes.CredentialsIssue] = [AccountRoles.Registrar, AccountRoles.AeoOfficer],
        [ApiScopes.CredentialsRevoke] = [AccountRoles.Registrar, AccountRoles.AeoOfficer],
        [ApiScopes.SuccessionsDecide] = [AccountRoles.Registrar, AccountRoles.Approver],
        [ApiScopes.AuditRead] = [AccountRoles.Auditor],
        [ApiScopes.AccountsRead] = [AccountRoles.Administrator],
        [ApiScopes.AccountsWrite] = [AccountRoles.Administrator],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Those of <paramref name="scopes"/> that this person can grant, in their order.</summary>
    internal static IReadOnlyList<string> Permitted(Person person, IEnumerable<string> scopes) => [.. scopes.Where(scope => MayGrant(person, scope))];

    private static bool MayGrant(Person person, string scope) => scope switch
    {
        // Each act of it asks again for whom the person acts, and in which role.
        ApiScopes.MandatesWrite or ApiScopes.AeoApply or ApiScopes.CredentialsOwn or ApiScopes.Webhooks => person.Memberships.Count > 0,
        ApiScopes.Verification or ApiScopes.NoticesRead or ApiScopes.EntitiesOwn or ApiScopes.PrivacyOwn => true,
        _ => OfficersOf.TryGetValue(scope, out var officers) ? officers.Intersect(person.Roles).Any() : !ApiScopes.All.Contains(scope),
    };
}
