using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.Tokens;

/// <summary>
/// The last step before the token endpoint answers: what was presented is used up and what was made for it is stored, in one act.
/// A loser of parallel uses gets nothing and ends the whole family, as a second use after the first does (RFC 9700 §4.14.2).
/// </summary>
internal sealed class SettleTokenRequest(IOpenIddictTokenManager tokens, SettleTokens settle, IssuedEntries issued, EndTokenFamily endFamily)
    : IOpenIddictServerHandler<OpenIddictServerEvents.ProcessSignInContext>
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.ProcessSignInContext>(handler => handler
            .UseScopedHandler<SettleTokenRequest>()
            // After the last token is made, before any is put into the answer.
            .SetOrder(OpenIddictServerHandlers.BeautifyGeneratedTokens.Descriptor.Order + 500));

    public async ValueTask HandleAsync(OpenIddictServerEvents.ProcessSignInContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token)
        {
            return;
        }

        var presented = OnceOnly.Presented(context);
        OpenIdToken? entry = null;
        if (presented?.GetTokenId() is { Length: > 0 } id)
        {
            entry = await tokens.FindByIdAsync(id, context.CancellationToken) as OpenIdToken;
        }

        if ((presented is null || entry is not null) && await settle.ExecuteAsync(entry, issued.Tokens, context.CancellationToken))
        {
            return;
        }

        if (presented?.GetAuthorizationId() is { Length: > 0 } family)
        {
            await endFamily.ExecuteAsync(family, entry?.Type ?? "", context.CancellationToken);
        }

        context.Reject(OpenIddictConstants.Errors.InvalidGrant, OnceOnly.UsedBefore);
    }
}
