using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.ClientChoices;

/// <summary>ID tokens are signed with RS256 for a client that registered for it; all else is ES256.</summary>
internal sealed class SignWithTheClientsAlgorithm(IOpenIddictApplicationManager applications, OpenIdKeys keys)
    : IOpenIddictServerHandler<OpenIddictServerEvents.GenerateTokenContext>
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.GenerateTokenContext>(handler => handler.UseScopedHandler<SignWithTheClientsAlgorithm>()
            .SetOrder(OpenIddictServerHandlers.Protection.AttachSecurityCredentials.Descriptor.Order + 500));

    public async ValueTask HandleAsync(OpenIddictServerEvents.GenerateTokenContext context)
    {
        if (context.TokenType == OpenIddictConstants.TokenTypeIdentifiers.IdentityToken && context.ClientId is { } clientId
            && await applications.FindByClientIdAsync(clientId, context.CancellationToken) is { } application
            && ClientMetadata.Of(application).IdTokenSignedResponseAlg == ClientMetadata.RS256)
        {
            context.SigningCredentials = keys.Signer(ClientMetadata.RS256);
        }
    }
}
