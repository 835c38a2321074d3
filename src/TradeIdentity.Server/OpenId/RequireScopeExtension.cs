using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;

namespace TradeIdentity.Server.OpenId;

public static class RequireScopeExtension
{
    /// <summary>
    /// Lets only requests in whose access token carries <paramref name="scope"/> (RFC 6750): 401 without a good token, 403
    /// <c>insufficient_scope</c> without the scope. The client's id is the principal's <c>sub</c>.
    /// </summary>
    /// <param name="endpoint">That is asked.</param>
    /// <param name="scope">What is needed, and what a request without it is told.</param>
    /// <param name="or">Another that is enough too: what it reaches is the endpoint's to say.</param>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope, string? or = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        var policy = new AuthorizationPolicyBuilder(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)
            .RequireAuthenticatedUser()
            .RequireAssertion(context => context.User.Carries(scope) || (or is not null && context.User.Carries(or)))
            .Build();
        return endpoint.RequireAuthorization(policy).WithMetadata(new RequiredScope(scope, or));
    }

    /// <summary>Whether the access token of a request that was let in carries this scope, where one of two is enough.</summary>
    internal static bool Carries(this ClaimsPrincipal principal, string scope) => principal.HasScope(scope);
}
