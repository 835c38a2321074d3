using System.Security.Claims;

namespace TradeIdentity.Server.Api;

/// <summary>Who acts, for the audit trail.</summary>
internal static class Actor
{
    /// <summary>The <c>sub</c> of the access token: for a client that acts for itself, its client id.</summary>
    internal static string Of(ClaimsPrincipal principal) =>
        principal.FindFirstValue("sub") ?? throw new InvalidOperationException("An authorised request has a subject.");
}
