using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.OpenId.Dpop;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.MutualTls;

/// <summary>
/// Binds what is issued to the certificate of the connection (RFC 8705 §3, §4): for clients that are registered so, and for
/// clients of FAPI 2.0 that do not use DPoP. Access tokens always, refresh tokens of public clients. Which of both ways of
/// possession counts for a token is in the token (<see cref="CheckPossession"/>).
/// </summary>
internal sealed class BindToCertificate(IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<ProcessAuthenticationContext>, IOpenIddictServerHandler<ProcessSignInContext>
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ProcessAuthenticationContext>(handler => handler
            .UseScopedHandler<BindToCertificate>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor.Order + 350));
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseScopedHandler<BindToCertificate>()
            .SetOrder(OpenIddictServerHandlers.PrepareUserCodePrincipal.Descriptor.Order + 350));
    }

    /// <summary>Whether the tokens of this request are bound to its certificate.</summary>
    public static bool Binds(ClientMetadata client, OpenIddictServerTransaction transaction) =>
        transaction.RemoteCertificate is not null && ProveAtServer.Of(transaction) is null && (client.TlsClientCertificateBoundAccessTokens || client.IsFapi2);

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        // A client that asked for bound tokens gets none that are not.
        if (context.EndpointType == OpenIddictServerEndpointType.Token
            && await FindAsync(context.ClientId, context.CancellationToken) is { TlsClientCertificateBoundAccessTokens: true } client && !Binds(client, context.Transaction))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, "This client is registered for tokens that are bound to its certificate: it shows one at every token request, and no DPoP proof.");
        }
    }

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token
            || await FindAsync(context.ClientId, context.CancellationToken) is not { } client || !Binds(client, context.Transaction))
        {
            return;
        }

        Bind(context.AccessTokenPrincipal, context);
        if (context.IssuedTokenType == OpenIddictConstants.TokenTypeIdentifiers.AccessToken)
        {
            Bind(context.IssuedTokenPrincipal, context);
        }

        if (!client.IsConfidential)
        {
            Bind(context.RefreshTokenPrincipal, context);
        }
    }

    private async ValueTask<ClientMetadata?> FindAsync(string? clientId, CancellationToken cancellationToken) =>
        clientId is not null && await applications.FindByClientIdAsync(clientId, cancellationToken) is { } application ? ClientMetadata.Of(application) : null;

    private static void Bind(ClaimsPrincipal? token, ProcessSignInContext context) =>
        token?.SetClaim(OpenIddictConstants.Claims.Confirmation, Confirmation.ForCertificate(context.Transaction.RemoteCertificate!));
}
