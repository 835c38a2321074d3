using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>In place of the engine's own check of <c>cnf</c>, which knows certificates only: whoever presents a bound token to this server holds the key.</summary>
internal sealed class RequirePossessionAtServer(CheckPossession possession) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.RemoveEventHandler(OpenIddictServerHandlers.Protection.ValidateProofOfPossession.Descriptor);
        server.AddEventHandler<ValidateTokenContext>(handler => handler
            .AddFilter<OpenIddictServerHandlerFilters.RequireTokenProofOfPossessionValidationEnabled>()
            .UseScopedHandler<RequirePossessionAtServer>()
            .SetOrder(OpenIddictServerHandlers.Protection.ValidateProofOfPossession.Descriptor.Order));
    }

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        // What a client wrote binds nothing.
        if (context.Principal is not { } token || context.ValidTokenTypes.Contains(OpenIddictConstants.TokenTypeIdentifiers.Private.ClientAssertion))
        {
            return;
        }

        var claim = token.GetClaim(OpenIddictConstants.Claims.Confirmation);
        var refusal = context.EndpointType == OpenIddictServerEndpointType.UserInfo && context.Transaction.GetHttpRequest() is { } request
            ? await possession.OfAccessTokenAsync(request, context.Token!, claim, context.Transaction.RemoteCertificate, context.CancellationToken)
            : OfGrant(context, claim, token.GetClaim(BindToKey.KeyOfCode));
        if (refusal is not null)
        {
            context.Reject(refusal.Code, refusal.Detail);
        }
    }

    // RFC 9449 §5 (refresh tokens), §10 (codes).
    private static Refusal? OfGrant(ValidateTokenContext context, string? claim, string? keyOfCode)
    {
        if (Confirmation.Read(claim) is not { } confirmation
            || !IsProven(confirmation.KeyThumbprint)
            || !IsProven(keyOfCode)
            || (confirmation.CertificateThumbprint is { } certificate && CheckPossession.OfCertificate(context.Transaction.RemoteCertificate, certificate) is not null))
        {
            return new Refusal(OpenIddictConstants.Errors.InvalidGrant, "The grant is bound to a key that the request does not prove to hold.");
        }

        return null;

        bool IsProven(string? bound) => bound is null || (ProveAtServer.Of(context.Transaction) is { } proof && CheckPossession.Same(proof.Thumbprint, bound));
    }
}
