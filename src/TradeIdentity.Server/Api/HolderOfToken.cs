using System.Security.Claims;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId.Persons;

namespace TradeIdentity.Server.Api;

/// <summary>
/// The person who acts for an operator by an access token: the token names that operator, since a token that was given to act
/// for one does not reach another for which the same person acts. Whether they still do is asked by the act.
/// </summary>
internal static class HolderOfToken
{
    /// <returns>The account.</returns>
    internal static Outcome<string> Find(ClaimsPrincipal principal, Tin tin) =>
        !Actor.IsClient(principal) && OrganizationClaims.TinOf(principal) == tin
            ? Actor.Of(principal)
            : new Refusal("aeo_holder_required", "The token is not one of a person who acts for this operator.");

    /// <summary>For what is only read, which no act asks about: the token may be older than the end of the membership.</summary>
    /// <returns>The operator.</returns>
    internal static async Task<Outcome<Tin>> ReaderAsync(string tin, ClaimsPrincipal principal, Memberships memberships, CancellationToken cancellationToken) =>
        !GivenTin.Read(tin).TryGet(out var parsed, out var refusal) || !Find(principal, parsed).TryGet(out var account, out refusal) ? refusal
        : await memberships.FindAsync(account, parsed, cancellationToken) is null ? new Refusal("aeo_holder_required", "The person does not act for this operator.")
        : parsed;
}
