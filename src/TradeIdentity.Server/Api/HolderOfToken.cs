using System.Security.Claims;
using System.Text.Json;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Server.Api;

/// <summary>
/// The person who acts for an operator by an access token: the token names that operator, since a token that was given to act
/// for one does not reach another for which the same person acts. Whether they still do is asked by the act.
/// </summary>
internal static class HolderOfToken
{
    /// <returns>The account.</returns>
    internal static Outcome<string> Find(ClaimsPrincipal principal, Tin tin)
    {
        var subject = Actor.Of(principal);
        return subject != principal.FindFirstValue("client_id") && !principal.HasClaim(claim => claim.Type == "act") && Names(principal, tin)
            ? subject
            : new Refusal("aeo_holder_required", "The token is not one of a person who acts for this operator.");
    }

    private static bool Names(ClaimsPrincipal principal, Tin tin)
    {
        if (principal.FindFirstValue("organization") is not { } text)
        {
            return false;
        }

        using var organization = JsonDocument.Parse(text);
        return organization.RootElement.TryGetProperty("tin", out var named) && named.GetString() == tin.Value;
    }
}
