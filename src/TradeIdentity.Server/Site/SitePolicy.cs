using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace TradeIdentity.Server.Site;

/// <summary>Who may see which page.</summary>
internal static class SitePolicy
{
    /// <summary>Whoever is signed in here; others are sent to do so, and come back.</summary>
    internal const string SignedIn = "signed in";

    internal static void AddTo(AuthorizationOptions options) =>
        options.AddPolicy(SignedIn, policy => policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser());
}
