using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// Stores no row for an access token that a client got for itself: it lives ten minutes and is checked by its signature. What
/// it costs: such a token cannot be revoked one by one, and lives on for up to ten minutes after its client was deleted. And none
/// for an ID token, which nobody redeems or revokes: as a hint its signature is what counts.
/// </summary>
internal static class KeepEntriesOfFew
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.GenerateTokenContext>(handler => handler
            .UseInlineHandler(context =>
            {
                var isOfClient = context.TokenType == OpenIddictConstants.TokenTypeIdentifiers.AccessToken && context.Transaction.Request?.IsClientCredentialsGrantType() is true;
                if (isOfClient || context.TokenType == OpenIddictConstants.TokenTypeIdentifiers.IdentityToken)
                {
                    context.CreateTokenEntry = false;
                }

                return default;
            })
            .SetOrder(int.MinValue));
}
