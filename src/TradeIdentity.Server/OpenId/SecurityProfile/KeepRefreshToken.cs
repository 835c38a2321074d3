using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.SecurityProfile;

/// <summary>
/// A client of FAPI 2.0 keeps its refresh token (§5.3.2.1: no rotation): the token is bound to the client, so a thief gains nothing
/// by it, and a client that loses the answer to a refresh loses no person.
/// </summary>
internal sealed class KeepRefreshToken(IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<OpenIddictServerEvents.ProcessSignInContext>
{
    private static readonly string Kept = typeof(KeepRefreshToken).FullName!;

    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.ProcessSignInContext>(handler => handler
            .UseScopedHandler<KeepRefreshToken>()
            .SetOrder(OpenIddictServerHandlers.EvaluateGeneratedTokens.Descriptor.Order + 500));

    /// <summary>Whether the refresh token of this request stays good.</summary>
    public static bool Keeps(OpenIddictServerTransaction transaction) => transaction.GetProperty<object>(Kept) is not null;

    public async ValueTask HandleAsync(OpenIddictServerEvents.ProcessSignInContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.Token && context.Request.IsRefreshTokenGrantType()
            && context.ClientId is { } clientId && await applications.FindByClientIdAsync(clientId, context.CancellationToken) is { } application
            && ClientMetadata.Of(application) is { IsFapi2: true, IsConfidential: true })
        {
            context.GenerateRefreshToken = context.IncludeRefreshToken = false;
            context.Transaction.SetProperty<object>(Kept, Kept);
        }
    }
}
