using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.Tokens;

/// <summary>
/// Notes the entry of a token that the token endpoint makes, in place of the engine's, which stores each by itself before it is known
/// whether the request may have them. <see cref="SettleTokenRequest"/> stores them together.
/// </summary>
internal sealed class NoteTokenEntry(IOpenIddictApplicationManager applications, SettleTokens settle, IssuedEntries issued)
    : IOpenIddictServerHandler<OpenIddictServerEvents.GenerateTokenContext>
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.GenerateTokenContext>(handler => handler
            .AddFilter<OpenIddictServerHandlerFilters.RequireTokenEntryCreated>()
            .UseScopedHandler<NoteTokenEntry>()
            .SetOrder(OpenIddictServerHandlers.Protection.CreateTokenEntry.Descriptor.Order - 500));

    public async ValueTask HandleAsync(OpenIddictServerEvents.GenerateTokenContext context)
    {
        // What is kept by reference is stored whole, by the engine.
        if (context.EndpointType != OpenIddictServerEndpointType.Token || context.PersistTokenPayload)
        {
            return;
        }

        var entry = settle.NewEntry();
        entry.Type = context.TokenType;
        entry.Subject = context.Principal.GetClaim(OpenIddictConstants.Claims.Subject);
        entry.AuthorizationId = context.Principal.GetAuthorizationId();
        entry.CreationDate = context.Principal.GetCreationDate();
        entry.ExpirationDate = context.Principal.GetExpirationDate();
        if (context.ClientId is { Length: > 0 } clientId && await applications.FindByClientIdAsync(clientId, context.CancellationToken) is { } client)
        {
            entry.ApplicationId = await applications.GetIdAsync(client, context.CancellationToken);
        }

        issued.Tokens.Add(entry);
        context.Principal.SetTokenId(entry.Id);
        context.CreateTokenEntry = false;
    }
}
