using System.Security.Claims;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.Attestation;

/// <summary>
/// Authenticates clients that are registered for <c>attest_jwt_client_auth</c> (draft 10 §7.5), by that and by nothing else. Of any
/// other client the headers are not looked at.
/// </summary>
internal sealed class AuthenticateByAttestation(
    ReadClientAttestation read, AttestationChallenges challenges, ReplayGuard replays, IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ProcessAuthenticationContext>(handler => handler
            .UseScopedHandler<AuthenticateByAttestation>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientId.Descriptor.Order - 250));
        // It asks for a secret, an assertion or a certificate before it authenticates anybody; ValidateClientType asks again.
        server.RemoveEventHandler(OpenIddictServerHandlers.Exchange.ValidateClientCredentialsParameters.Descriptor);
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                // RFC 6749 §2.3, RFC 7521 §4.2: what else that check refused.
                if (string.IsNullOrEmpty(context.Request.ClientAssertion) != string.IsNullOrEmpty(context.Request.ClientAssertionType)
                    || (!string.IsNullOrEmpty(context.Request.ClientAssertion) && !string.IsNullOrEmpty(context.Request.ClientSecret)))
                {
                    context.Reject(OpenIddictConstants.Errors.InvalidRequest, "A client authenticates in one way, and an assertion names its type.");
                }

                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateClientCredentialsParameters.Descriptor.Order));
        // The engine knows three credentials, and asks a confidential client for one of them: for this one question the attestation
        // stands for the assertion.
        server.AddEventHandler<ProcessAuthenticationContext>(handler => handler
            .UseInlineHandler(context => Stand(context, isIn: true))
            .SetOrder(OpenIddictServerHandlers.ValidateClientType.Descriptor.Order - 250));
        server.AddEventHandler<ProcessAuthenticationContext>(handler => handler
            .UseInlineHandler(context => Stand(context, isIn: false))
            .SetOrder(OpenIddictServerHandlers.ValidateClientType.Descriptor.Order + 250));
    }

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.EndpointType is not (OpenIddictServerEndpointType.Token or OpenIddictServerEndpointType.PushedAuthorization
                or OpenIddictServerEndpointType.Introspection or OpenIddictServerEndpointType.Revocation or OpenIddictServerEndpointType.DeviceAuthorization)
            || context.Transaction.GetHttpRequest() is not { } http
            || context.ClientId is not { Length: > 0 } clientId
            || await applications.FindByClientIdAsync(clientId, context.CancellationToken) is not { } application
            || ClientMetadata.Of(application).TokenEndpointAuthMethod != ClientAuthentication.AttestJwtClientAuth)
        {
            return;
        }

        if (context.ClientAssertion is not null || !string.IsNullOrEmpty(context.ClientSecret))
        {
            // RFC 6749 §2.3: one way at a time.
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "This client authenticates with its attestation alone.");
        }
        else if (!read.Execute(http, clientId).TryGet(out var attestation, out var refusal))
        {
            if (refusal.Code == ReadClientAttestation.UseChallenge)
            {
                // §6.2.
                http.HttpContext.Response.Headers[ClientAttestation.ChallengeHeader] = challenges.Current;
            }

            context.Reject(refusal.Code, refusal.Detail);
        }
        else if (!await replays.TryPassAsync("client_attestation_pop", attestation.Thumbprint, attestation.Jti, challenges.AcceptedUntil, context.CancellationToken))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "The proof of possession was used before.");
        }
        else
        {
            attestation.KeepIn(context.Transaction);
        }
    }

    private static ValueTask Stand(ProcessAuthenticationContext context, bool isIn)
    {
        if (ClientAttestation.Of(context.Transaction) is { } attestation)
        {
            context.ClientAssertionPrincipal = isIn ? new ClaimsPrincipal(new ClaimsIdentity([new Claim(OpenIddictConstants.Claims.Subject, attestation.ClientId)])) : null;
        }

        return default;
    }
}
