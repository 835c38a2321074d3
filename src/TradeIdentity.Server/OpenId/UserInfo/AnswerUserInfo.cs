using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Server.OpenId.Persons;

namespace TradeIdentity.Server.OpenId.UserInfo;

/// <summary>The claims of the UserInfo endpoint (OpenID Connect Core §5.3.2): what the scopes and the <c>claims</c> parameter asked for, as it is now.</summary>
internal sealed class AnswerUserInfo(PersonClaims persons, IssuerAddress issuer) : IOpenIddictServerHandler<OpenIddictServerEvents.HandleUserInfoRequestContext>
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.HandleUserInfoRequestContext>(handler => handler.UseScopedHandler<AnswerUserInfo>());

    public async ValueTask HandleAsync(OpenIddictServerEvents.HandleUserInfoRequestContext context)
    {
        // RFC 8707 §2: a token made for another resource is not one for this.
        if (!context.AccessTokenPrincipal.HasAudience(issuer.Text)
            || UserInfoGrant.Read(context.AccessTokenPrincipal) is not { } grant
            || await persons.FindAsync(grant.AccountId, sid: null, context.CancellationToken) is not { } person
            || (grant.Organization is { } organization && !person.ActsFor(organization)))
        {
            // Core §5.3.3: as for any token that is no longer good.
            context.Reject(OpenIddictConstants.Errors.InvalidToken, "The token is not for this server, or no longer of a person, or of one who acts for its organization.");
            return;
        }

        // Of these the engine would answer with the audience of the access token; the answer is for its client (Core §5.3.2).
        context.Audiences.Clear();
        foreach (var (name, value) in await persons.UserInfoAsync(person, grant, context.CancellationToken))
        {
            context.Claims[name] = value;
        }
    }
}
