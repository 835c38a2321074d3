using System.Security.Claims;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.OpenId.Persons;

namespace TradeIdentity.Server.Api;

/// <summary>
/// Which credentials an access token reaches: with <c>operators.read</c> all, with <c>credentials.own</c> those of the operator that the
/// token names, while its person acts for it. Of every other the answer is a stranger's: there is none.
/// </summary>
internal sealed class CredentialsInReach(CredentialStore store, Memberships memberships)
{
    internal async Task<Outcome<IssuedCredential>> FindAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!ParseId(id).TryGet(out var credentialId, out var refusal))
        {
            return refusal;
        }

        var found = await store.FindAsync(credentialId, cancellationToken);
        return found is not null && (user.Carries(ApiScopes.OperatorsRead) || await IsHolderAsync(user, Tin.Parse(found.Tin), cancellationToken))
            ? found
            : new Refusal("credential_unknown", "There is no credential with this id.");
    }

    /// <summary>The person whose token names this operator, and who acts for it now; null for anyone else, a client among them.</summary>
    internal async Task<string?> HolderAsync(ClaimsPrincipal user, Tin tin, CancellationToken cancellationToken) => await IsHolderAsync(user, tin, cancellationToken) ? Actor.Of(user) : null;

    internal static Refusal NotHolder { get; } = new("credential_holder_required", "The token is not one of a person who acts for this operator.");

    internal static Outcome<CredentialId> ParseId(string id) =>
        CredentialId.TryParse(id, out var parsed) ? parsed : new Refusal("id_malformed", "A credential's id is 32 lower-case hexadecimal characters.");

    private async Task<bool> IsHolderAsync(ClaimsPrincipal user, Tin tin, CancellationToken cancellationToken) =>
        !Actor.IsClient(user) && !Actor.IsExchanged(user) && OrganizationClaims.TinOf(user) == tin
        && await memberships.FindAsync(Actor.Of(user), tin, cancellationToken) is not null;
}
