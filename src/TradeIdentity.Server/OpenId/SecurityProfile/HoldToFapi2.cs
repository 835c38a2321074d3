using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.OpenId.Dpop;
using TradeIdentity.Server.OpenId.MutualTls;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.SecurityProfile;

/// <summary>
/// Refuses a client of the FAPI 2.0 security profile what is outside it (§5.3.2): requests that were not pushed, secrets,
/// bearer tokens, an audience that is not the issuer alone, RS256. What the profile asks beyond this holds for every client:
/// S256, codes of a minute, <c>iss</c> in the answer, code as the only response type.
/// </summary>
internal sealed class HoldToFapi2(IOpenIddictApplicationManager applications, IssuerAddress issuer)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>, IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    // §5.4.1 of those that this server takes.
    private static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ProcessAuthenticationContext>(handler => handler
            .UseScopedHandler<HoldToFapi2>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor.Order + 250));
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
            .UseScopedHandler<HoldToFapi2>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateAuthorizedParty.Descriptor.Order + 250));
    }

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.EndpointType is not (OpenIddictServerEndpointType.Token or OpenIddictServerEndpointType.PushedAuthorization
                or OpenIddictServerEndpointType.Introspection or OpenIddictServerEndpointType.Revocation or OpenIddictServerEndpointType.DeviceAuthorization)
            || await FindHeldAsync(context.ClientId, context.CancellationToken) is not { } client)
        {
            return;
        }

        // HoldToAuthenticationMethod found that it authenticated as it is registered to.
        var isByCertificate = client.AuthenticationMethods is [ClientAuthentication.TlsClientAuth or ClientAuthentication.SelfSignedTlsClientAuth];
        if (!isByCertificate && (context.ClientAssertionPrincipal is null || context.ClientAssertion is not { } assertion || !IsOfProfile(new JsonWebToken(assertion))))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "This client authenticates with its certificate or with private_key_jwt, ES256 or PS256, whose 'aud' is the issuer as one text.");
        }
        else if (context.EndpointType == OpenIddictServerEndpointType.Token
            && !BindToCertificate.Binds(client, context.Transaction)
            && ProveAtServer.Of(context.Transaction) is not { Algorithm: SecurityAlgorithms.EcdsaSha256 or SecurityAlgorithms.EcdsaSha384 or SecurityAlgorithms.RsaSsaPssSha256 })
        {
            context.Reject(CheckDpopProof.Invalid, "This client gets tokens that are bound to its certificate or its key alone, by a DPoP proof that is not signed with RS256.");
        }
    }

    public async ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        var authenticated = context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!);
        if (authenticated?.RequestTokenPrincipal is null && await FindHeldAsync(context.ClientId, context.CancellationToken) is not null)
        {
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, "This client pushes its authorization requests.");
        }
    }

    private async Task<ClientMetadata?> FindHeldAsync(string? clientId, CancellationToken cancellationToken) =>
        clientId is not null && await applications.FindByClientIdAsync(clientId, cancellationToken) is { } application && ClientMetadata.Of(application) is { IsFapi2: true } client ? client : null;

    // Verified before: what is left is its form.
    private bool IsOfProfile(JsonWebToken assertion)
    {
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(assertion.EncodedPayload));
        return Algorithms.Contains(assertion.Alg, StringComparer.Ordinal)
            && claims.RootElement.GetProperty("aud") is { ValueKind: JsonValueKind.String } audience && audience.ValueEquals(issuer.Text);
    }
}
