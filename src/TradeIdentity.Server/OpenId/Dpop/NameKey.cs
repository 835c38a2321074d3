using System.Buffers.Text;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>
/// <c>dpop_jkt</c> of an authorization request (RFC 9449 §10): the key that alone may redeem the code. A pushed request can
/// name it by a proof instead, and if it does both they must agree (§10.1).
/// </summary>
internal static class NameKey
{
    public const string Parameter = "dpop_jkt";

    // SHA-256 in base64url.
    private const int Length = 43;

    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
            .UseInlineHandler(context => Check(context, context.Request))
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateAuthorizedParty.Descriptor.Order + 600));
        server.AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler
            .UseInlineHandler(context => Check(context, context.Request))
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidatePushedAuthorizedParty.Descriptor.Order + 600));
    }

    public static string? Of(OpenIddictRequest request) => (string?)request[Parameter];

    private static ValueTask Check(BaseValidatingContext context, OpenIddictRequest request)
    {
        var named = Of(request);
        if (request.HasParameter(Parameter) && (named is not { Length: Length } || !Base64Url.IsValid(named)))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, "dpop_jkt must be the thumbprint of a key, SHA-256 in base64url.");
        }
        else if (ProveAtServer.Of(context.Transaction) is { } proof)
        {
            if (named is not null && !CheckPossession.Same(proof.Thumbprint, named))
            {
                context.Reject(CheckDpopProof.Invalid, "dpop_jkt is not of the key of the DPoP proof.");
            }

            request[Parameter] = proof.Thumbprint;
        }

        return default;
    }
}
