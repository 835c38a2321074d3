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
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        var policy = new AuthorizationPolicyBuilder(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)
            .RequireAuthenticatedUser()
            .RequireAssertion(context => context.User.HasScope(scope))
            .Build();
        return endpoint.RequireAuthorization(policy).WithMetadata(new RequiredScope(scope));
    }
}
