using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>
/// Binds what is issued to the key of the proof (RFC 9449 §5, §6): access tokens always, refresh tokens of public clients, a
/// code where the request named a key (§10). A confidential client's refresh token is bound to the client already.
/// </summary>
internal sealed class BindToKey(IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<ProcessSignInContext>
{
    /// <summary>In a code: the key that must redeem it.</summary>
    public const string KeyOfCode = "tradeidentity:dpop_jkt";

    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseScopedHandler<BindToKey>()
            .SetOrder(OpenIddictServerHandlers.PrepareUserCodePrincipal.Descriptor.Order + 250));
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseInlineHandler(context =>
            {
                // §5: the client must see that the token is no bearer token.
                if (context.Response.TokenType == OpenIddictConstants.TokenTypes.Bearer && ProveAtServer.Of(context.Transaction) is not null)
                {
                    context.Response.TokenType = CheckDpopProof.Header;
                }

                return default;
            })
            .SetOrder(OpenIddictServerHandlers.AttachSignInParameters.Descriptor.Order + 500));
    }

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        context.RefreshTokenPrincipal?.RemoveClaims(KeyOfCode);
        if (context.AuthorizationCodePrincipal is { } code && NameKey.Of(context.Request) is { } named)
        {
            code.SetClaim(KeyOfCode, named);
        }

        if (ProveAtServer.Of(context.Transaction) is not { } proof)
        {
            return;
        }

        Bind(context.AccessTokenPrincipal, proof);
        if (context.IssuedTokenType == OpenIddictConstants.TokenTypeIdentifiers.AccessToken)
        {
            Bind(context.IssuedTokenPrincipal, proof);
        }

        if (context.RefreshTokenPrincipal is not null
            && context.ClientId is { } clientId
            && await applications.FindByClientIdAsync(clientId, context.CancellationToken) is { } application
            && !ClientMetadata.Of(application).IsConfidential)
        {
            Bind(context.RefreshTokenPrincipal, proof);
        }
    }

    private static void Bind(ClaimsPrincipal? token, DpopProof proof) =>
        token?.SetClaim(OpenIddictConstants.Claims.Confirmation, Confirmation.ForKey(proof.Thumbprint));
}
