using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>
/// The proof of a token request or a pushed request (RFC 9449 §5, §10.1): checked before the client is, so that a client that
/// lacks the nonce has not used its assertion up; used up after, so that strangers write nothing.
/// </summary>
internal sealed class ProveAtServer(PassProofOnce pass, IOpenIddictApplicationManager applications)
    : IOpenIddictServerHandler<OpenIddictServerEvents.ProcessAuthenticationContext>
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<OpenIddictServerEvents.ProcessAuthenticationContext>(handler => handler
            .UseScopedHandler<Read>()
            .SetOrder(OpenIddictServerHandlers.ValidateRequiredTokens.Descriptor.Order + 500));
        server.AddEventHandler<OpenIddictServerEvents.ProcessAuthenticationContext>(handler => handler
            .UseScopedHandler<ProveAtServer>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor.Order + 500));
    }

    /// <summary>The proof of this request; null where it came without.</summary>
    public static DpopProof? Of(OpenIddictServerTransaction transaction) => transaction.GetProperty<DpopProof>(typeof(DpopProof).FullName!);

    public async ValueTask HandleAsync(OpenIddictServerEvents.ProcessAuthenticationContext context)
    {
        if (!IsConcerned(context))
        {
            return;
        }

        if (Of(context.Transaction) is { } proof)
        {
            if (await pass.ExecuteAsync(proof, context.CancellationToken) is { } refusal)
            {
                context.Reject(refusal.Code, refusal.Detail);
            }
        }
        else if (context.EndpointType == OpenIddictServerEndpointType.Token
            && context.ClientId is { } clientId
            && await applications.FindByClientIdAsync(clientId, context.CancellationToken) is { } application
            && ClientMetadata.Of(application).DpopBoundAccessTokens)
        {
            // §5.2.
            context.Reject(CheckDpopProof.Invalid, "This client is registered to prove possession of its key at every token request.");
        }
    }

    private static bool IsConcerned(OpenIddictServerEvents.ProcessAuthenticationContext context) =>
        context.EndpointType is OpenIddictServerEndpointType.Token or OpenIddictServerEndpointType.PushedAuthorization;

    private sealed class Read(CheckDpopProof check) : IOpenIddictServerHandler<OpenIddictServerEvents.ProcessAuthenticationContext>
    {
        public ValueTask HandleAsync(OpenIddictServerEvents.ProcessAuthenticationContext context)
        {
            if (!IsConcerned(context) || context.Transaction.GetHttpRequest() is not { } request || !request.Headers.ContainsKey(CheckDpopProof.Header))
            {
                return default;
            }

            if (check.Execute(request, accessToken: null).TryGet(out var proof, out var refusal))
            {
                context.Transaction.SetProperty(typeof(DpopProof).FullName!, proof);
            }
            else
            {
                context.Reject(refusal.Code, refusal.Detail);
            }

            return default;
        }
    }
}
