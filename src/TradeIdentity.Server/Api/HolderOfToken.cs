using System.Security.Claims;
using TradeIdentity.Authority;
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
}
