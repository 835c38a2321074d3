using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.ClientChoices;

/// <summary>
/// A client with pairwise subjects sees its own name of a person in ID tokens, at UserInfo and in introspection (OpenID
/// Connect Core §8). Inside, and in the audit trail, the account keeps its id; its access tokens, which hold that id for this
/// server's API, are encrypted, so that the client cannot read it there.
/// </summary>
internal sealed class ShowPairwiseSubjects(IOpenIddictApplicationManager applications, PairwiseSubjects subjects)
    : IOpenIddictServerHandler<GenerateTokenContext>, IOpenIddictServerHandler<ApplyUserInfoResponseContext>, IOpenIddictServerHandler<ApplyIntrospectionResponseContext>
{
    public static void Register(OpenIddictServerBuilder server)
    {
        // After the token's entry, which is found by the account, and before the claims are written.
        server.AddEventHandler<GenerateTokenContext>(handler => handler.UseScopedHandler<ShowPairwiseSubjects>()
            .SetOrder(OpenIddictServerHandlers.Protection.CreateTokenEntry.Descriptor.Order + 500));
        server.AddEventHandler<ApplyUserInfoResponseContext>(handler => handler.UseScopedHandler<ShowPairwiseSubjects>().SetOrder(int.MinValue));
        server.AddEventHandler<ApplyIntrospectionResponseContext>(handler => handler.UseScopedHandler<ShowPairwiseSubjects>().SetOrder(int.MinValue));
        server.Configure(options => options.SubjectTypes.Add(SubjectTypes.Pairwise));
    }

    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.ClientId is not { } clientId || context.Principal.GetClaim(Claims.Subject) is not { } subject || subject == clientId
            || context.TokenType is not (TokenTypeIdentifiers.AccessToken or TokenTypeIdentifiers.IdentityToken))
        {
            return;
        }

        var client = await ClientAsync(clientId, context.CancellationToken);
        if (context.TokenType == TokenTypeIdentifiers.AccessToken)
        {
            context.EncryptionCredentials = client.IsPairwise ? context.Options.EncryptionCredentials[0] : context.EncryptionCredentials;
        }
        else
        {
            context.Principal.SetClaim(Claims.Subject, await subjects.OfAsync(client, subject, context.CancellationToken));
        }
    }

    public async ValueTask HandleAsync(ApplyUserInfoResponseContext context)
    {
        if (UserInfoClient.IdOf(context.Transaction) is { } clientId)
        {
            await RenameAsync(context.Response, clientId, context.CancellationToken);
        }
    }

    public async ValueTask HandleAsync(ApplyIntrospectionResponseContext context)
    {
        if (context.Transaction.GetProperty<ValidateIntrospectionRequestContext>(typeof(ValidateIntrospectionRequestContext).FullName!)?.ClientId is { } clientId)
        {
            await RenameAsync(context.Response, clientId, context.CancellationToken);
        }
    }

    private async ValueTask RenameAsync(OpenIddictResponse response, string clientId, CancellationToken cancellationToken)
    {
        // A client that acts for itself is its own subject.
        if (response.Error is null && (string?)response[Claims.Subject] is { } subject && subject != (string?)response[Claims.ClientId] && subject != clientId)
        {
            response[Claims.Subject] = await subjects.OfAsync(await ClientAsync(clientId, cancellationToken), subject, cancellationToken);
        }
    }

    private async ValueTask<ClientMetadata> ClientAsync(string clientId, CancellationToken cancellationToken) =>
        ClientMetadata.Of(await applications.FindByClientIdAsync(clientId, cancellationToken) ?? throw new InvalidOperationException("The client of a token that is being made is gone."));
}
