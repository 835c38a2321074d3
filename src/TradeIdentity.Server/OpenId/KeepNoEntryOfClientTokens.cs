using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// Stores no row for an access token that a client got for itself: it lives ten minutes and is checked by its signature. What
/// it costs: such a token cannot be revoked one by one, and lives on for up to ten minutes after its client was deleted.
/// </summary>
internal static class KeepNoEntryOfClientTokens
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.GenerateTokenContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.TokenType == OpenIddictConstants.TokenTypeIdentifiers.AccessToken && context.Transaction.Request?.IsClientCredentialsGrantType() is true)
                {
                    context.CreateTokenEntry = false;
                }

                return default;
            })
            .SetOrder(int.MinValue));
}
