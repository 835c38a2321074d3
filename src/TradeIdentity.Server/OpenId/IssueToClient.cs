using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Server.OpenId.Delegation;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// Answers the client credentials grant (RFC 6749 §4.4): a token in which the client is its own subject, for this server's
/// API. The engine has authenticated the client and refused scopes it is not permitted before this runs.
/// </summary>
internal sealed class IssueToClient(IOpenIddictApplicationManager applications, TargetsOfToken targets, IssuerAddress issuer)
    : IOpenIddictServerHandler<OpenIddictServerEvents.HandleTokenRequestContext>
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.HandleTokenRequestContext>(handler => handler.UseScopedHandler<IssueToClient>());

    public async ValueTask HandleAsync(OpenIddictServerEvents.HandleTokenRequestContext context)
    {
        if (!context.Request.IsClientCredentialsGrantType())
        {
            return;
        }

        if (context.Request.GetScopes().Intersect(IdentityScopes.All).Any())
        {
            context.Reject(OpenIddictConstants.Errors.InvalidScope, "No person stands behind this grant: the scopes of persons are not for it.");
            return;
        }

        var clientId = context.ClientId!;
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, clientId);
        identity.SetScopes(string.IsNullOrEmpty(context.Request.Scope) ? await PermittedScopesAsync(clientId, context.CancellationToken) : context.Request.GetScopes());
        // RFC 8707 §2.2; which of them the client may ask for was checked before.
        identity.SetResources(targets.Asked(context.Request) is { Count: > 0 } asked ? asked : [issuer.Text]);
        context.SignIn(new ClaimsPrincipal(identity));
    }

    // RFC 6749 §3.2 and §3.3: without a scope, or with an empty one, the request means a documented default, here all that the client is permitted.
    private async Task<IEnumerable<string>> PermittedScopesAsync(string clientId, CancellationToken cancellationToken)
    {
        var application = await applications.FindByClientIdAsync(clientId, cancellationToken)
            ?? throw new InvalidOperationException("The client that was just authenticated is gone.");
        var permissions = await applications.GetPermissionsAsync(application, cancellationToken);
        return ApiScopes.All.Where(scope => permissions.Contains(OpenIddictConstants.Permissions.Prefixes.Scope + scope));
    }
}
