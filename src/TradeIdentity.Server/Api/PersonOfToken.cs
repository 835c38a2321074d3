using System.Security.Claims;
using TradeIdentity.Authority;

namespace TradeIdentity.Server.Api;

/// <summary>The person who signed in, by an access token; a system that acts for itself is none.</summary>
internal static class PersonOfToken
{
    internal static Outcome<string> Find(ClaimsPrincipal principal) => Actor.IsClient(principal)
        ? new Refusal("person_required", "Only a person who is signed in does this, not a system.")
        : Actor.Of(principal);
}
