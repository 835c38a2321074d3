using Microsoft.AspNetCore;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.OpenId.Certificates;
using TradeIdentity.Server.Hosting.Certificates;
using TradeIdentity.Server.OpenId.Attestation;
using static OpenIddict.Abstractions.OpenIddictConstants.ClientAuthenticationMethods;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// A client authenticates as it is registered to (RFC 7591 §2, <c>token_endpoint_auth_method</c> and
/// <c>token_endpoint_auth_signing_alg</c>) and in one way (RFC 6749 §2.3): a secret that leaked opens nothing for a client that
/// is registered with keys. In place of the engine's check of certificates, which knows a client's certificate by its redirect
/// addresses; the engine takes any certificate for credentials until this has looked at it.
/// </summary>
internal sealed class HoldToAuthenticationMethod(IOpenIddictApplicationManager applications, CheckClientCertificate certificates, MutualTlsSettings mutualTls) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    private const string NotAuthenticated = "The client could not be authenticated.";

    public static void Register(OpenIddictServerBuilder server)
    {
        server.RemoveEventHandler(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor);
        server.AddEventHandler<ProcessAuthenticationContext>(handler => handler
            .UseScopedHandler<HoldToAuthenticationMethod>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor.Order));
        server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                // RFC 8414 §2. Not at introspection, which is for clients that authenticate.
                context.TokenEndpointAuthenticationMethods.Add(ClientAuthentication.None);
                context.RevocationEndpointAuthenticationMethods.Add(ClientAuthentication.None);
                context.PushedAuthorizationEndpointAuthenticationMethods.Add(ClientAuthentication.None);
                context.DeviceAuthorizationEndpointAuthenticationMethods.Add(ClientAuthentication.None);
                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Discovery.AttachClientAuthenticationMethods.Descriptor.Order + 500));
    }

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.EndpointType is not (OpenIddictServerEndpointType.Token or OpenIddictServerEndpointType.PushedAuthorization
                or OpenIddictServerEndpointType.Introspection or OpenIddictServerEndpointType.Revocation or OpenIddictServerEndpointType.DeviceAuthorization)
            || context.ClientId is not { } clientId
            || await applications.FindByClientIdAsync(clientId, context.CancellationToken) is not { } application)
        {
            return;
        }

        var client = ClientMetadata.Of(application);
        var used = Used(context);
        if (used is [ClientAuthentication.None] && client.AuthenticationMethods is [ClientAuthentication.TlsClientAuth or ClientAuthentication.SelfSignedTlsClientAuth])
        {
            if (!await IsByCertificateAsync(context, application))
            {
                context.Reject(OpenIddictConstants.Errors.InvalidClient, NotAuthenticated);
            }
        }
        else if (!used.Intersect(client.AuthenticationMethods).Any() || used.Length > 1)
        {
            // Whoever showed no credentials learns nothing of the client.
            context.Reject(OpenIddictConstants.Errors.InvalidClient, used is [ClientAuthentication.None] ? NotAuthenticated : $"This client authenticates with {string.Join(" or ", client.AuthenticationMethods)} alone.");
        }
        else if (used is [PrivateKeyJwt] && client.TokenEndpointAuthSigningAlg is { } algorithm && new JsonWebToken(context.ClientAssertion).Alg != algorithm)
        {
            context.Reject(OpenIddictConstants.Errors.InvalidClient, $"This client signs its assertions with {algorithm}.");
        }
    }

    // RFC 8705 §2.
    private async ValueTask<bool> IsByCertificateAsync(ProcessAuthenticationContext context, object application) =>
        mutualTls.IsOn && context.Transaction.RemoteCertificate is { } certificate && context.Transaction.GetHttpRequest() is { } request
        && await certificates.ExecuteAsync(application, certificate, SentCertificates.Of(request.HttpContext), context.CancellationToken);

    // Verified before, each of them that is there.
    private static string[] Used(ProcessAuthenticationContext context)
    {
        var isBasic = context.Transaction.GetHttpRequest() is { } request && request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.OrdinalIgnoreCase);
        string[] used =
        [
            .. context.ClientAssertionPrincipal is null ? (string[])[] : [PrivateKeyJwt],
            .. ClientAttestation.Of(context.Transaction) is null ? (string[])[] : [ClientAuthentication.AttestJwtClientAuth],
            .. string.IsNullOrEmpty(context.ClientSecret) ? (string[])[] : [isBasic ? ClientSecretBasic : ClientSecretPost],
        ];
        return used.Length > 0 ? used : [ClientAuthentication.None];
    }
}
