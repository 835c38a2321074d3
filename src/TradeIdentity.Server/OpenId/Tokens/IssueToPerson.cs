using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Server.OpenId.Delegation;
using TradeIdentity.Server.OpenId.Persons;

namespace TradeIdentity.Server.OpenId.Tokens;

/// <summary>
/// Answers the grants that a person stands behind. A code is at most a minute old and carries the facts of its moment; for a
/// refresh token or a device code they are read anew: whoever lost the account, or the right to act for the entity, gets no
/// more tokens.
/// </summary>
internal sealed class IssueToPerson(PersonClaims persons, TargetsOfToken targets) : IOpenIddictServerHandler<OpenIddictServerEvents.HandleTokenRequestContext>
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.HandleTokenRequestContext>(handler => handler.UseScopedHandler<IssueToPerson>());

    public async ValueTask HandleAsync(OpenIddictServerEvents.HandleTokenRequestContext context)
    {
        var request = context.Request;
        if (!request.IsAuthorizationCodeGrantType() && !request.IsRefreshTokenGrantType() && !request.IsDeviceCodeGrantType())
        {
            return;
        }

        var presented = context.Principal ?? throw new InvalidOperationException("The engine passes a grant with its principal.");
        if (PersonGrant.Read(presented) is not { } grant)
        {
            context.Reject(OpenIddictConstants.Errors.InvalidGrant, "The grant is not of a person.");
            return;
        }

        if (!await targets.TryNarrowAsync(context.Transaction, context.ClientId!, grant.Resources, context.CancellationToken))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidTarget, "The grant is not for this resource.");
            return;
        }

        if (request.IsAuthorizationCodeGrantType())
        {
            JsonClaim.RestoreArrays(presented, PersonClaims.Arrays);
            context.SignIn(presented);
        }
        else if (await persons.FindAsync(grant.AccountId, sid: null, context.CancellationToken) is { } person
            && (grant.Organization is not { } organization || person.ActsFor(organization)))
        {
            // RFC 6749 §6: fewer scopes may be asked for than were granted; the engine has refused others.
            var scopes = string.IsNullOrEmpty(request.Scope) ? grant.Scopes : [.. request.GetScopes()];
            context.SignIn(await persons.CreateAsync(person, grant with { Scopes = scopes }, context.CancellationToken));
        }
        else
        {
            context.Reject(OpenIddictConstants.Errors.InvalidGrant, "The person no longer has this account, or no longer acts for this organization.");
        }

        if (grant.HasDetails && grant.Organization is { } named && !context.IsRejected)
        {
            // RFC 9396 §7.
            context.Parameters["authorization_details"] = new OpenIddictParameter(System.Text.Json.JsonDocument.Parse(Authorization.ActingForDetail.Write(named.Value)).RootElement.Clone());
        }
    }
}
