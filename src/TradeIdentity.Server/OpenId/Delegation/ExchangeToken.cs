using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.OpenId.Persons;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Delegation;

/// <summary>
/// Token exchange (RFC 8693): a system that was given an access token, or for which it was made, gets one in which it acts for
/// the token's subject. It is for no more scopes, no other audience and no longer time than the token that was shown, and says
/// who acts for whom. Only for clients that the configuration permits it; each exchange is audited.
/// </summary>
internal sealed class ExchangeToken(
    IOpenIddictApplicationManager applications, TargetsOfToken targets, RecordTokenExchange record, IssuerAddress issuer, TimeProvider time)
    : IOpenIddictServerHandler<OpenIddictServerEvents.HandleTokenRequestContext>
{
    // That of every access token of this server.
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    // What a token tells of the person and the entity behind it goes on; all else belongs to the token that was shown.
    private static readonly string[] Kept =
    [
        Claims.AuthenticationTime, Claims.AuthenticationContextReference, PersonGrant.UserInfoClaim, PersonGrant.UserInfoVerifiedClaim,
        OrganizationClaims.Organization, "roles", MandateClaims.Mandates, "aeo",
    ];

    public static void Register(OpenIddictServerBuilder server)
    {
        server.AllowTokenExchangeFlow();
        server.Configure(options =>
        {
            // What an ID token says is for its client alone, and a refresh token is no proof to show. The one who acts is the
            // client that authenticated.
            options.SubjectTokenTypes.IntersectWith([TokenTypeIdentifiers.AccessToken]);
            options.ActorTokenTypes.Clear();
            options.RequestedTokenTypes.IntersectWith([TokenTypeIdentifiers.AccessToken]);
        });
        server.AddEventHandler<OpenIddictServerEvents.HandleTokenRequestContext>(handler => handler.UseScopedHandler<ExchangeToken>());
    }

    public async ValueTask HandleAsync(OpenIddictServerEvents.HandleTokenRequestContext context)
    {
        if (!context.Request.IsTokenExchangeGrantType())
        {
            return;
        }

        var subject = context.SubjectTokenPrincipal ?? throw new InvalidOperationException("The engine passes an exchange with the token that was shown.");
        var clientId = context.ClientId!;
        var client = ClientMetadata.Of(await applications.FindByClientIdAsync(clientId, context.CancellationToken)
            ?? throw new InvalidOperationException("The client that was just authenticated is gone."));
        if (!ActorChain.TryExtend(subject, clientId, out var chain))
        {
            context.Reject(Errors.InvalidRequest, "Too many have acted for one another in this token.");
        }
        else if (Scopes(context.Request, subject, client) is not { } scopes)
        {
            context.Reject(Errors.InvalidScope, "An exchange never widens the scope of the token that is shown.");
        }
        else if (Audiences(context.Request, subject, client) is not { Count: > 0 } audiences)
        {
            context.Reject(Errors.InvalidTarget, "An exchange never widens the audience of the token that is shown.");
        }
        else
        {
            context.SignIn(Issue(subject, chain, scopes, audiences));
            await record.ExecuteAsync(clientId, subject.GetClaim(Claims.Subject)!, scopes, context.CancellationToken);
        }
    }

    // Those that were asked for, or all that both the token and the client have. A grant of a person is not renewed by it.
    private static IReadOnlyList<string>? Scopes(OpenIddictRequest request, ClaimsPrincipal subject, ClientMetadata client)
    {
        var shown = subject.GetScopes().Where(scope => scope is not (IdentityScopes.OpenId or IdentityScopes.OfflineAccess)).ToHashSet(StringComparer.Ordinal);
        return string.IsNullOrEmpty(request.Scope) ? [.. shown.Intersect(client.Scopes)]
            : request.GetScopes().All(shown.Contains) ? [.. request.GetScopes()]
            : null;
    }

    private IReadOnlySet<string> Audiences(OpenIddictRequest request, ClaimsPrincipal subject, ClientMetadata client)
    {
        var shown = subject.GetAudiences().ToHashSet(StringComparer.Ordinal);
        var asked = targets.Asked(request);
        // What may be asked for was checked before this.
        return asked.Count == 0 ? shown.Intersect(client.Resources.Append(issuer.Text)).ToHashSet(StringComparer.Ordinal)
            : asked.IsSubsetOf(shown) ? asked
            : new HashSet<string>();
    }

    private ClaimsPrincipal Issue(ClaimsPrincipal subject, Claim? chain, IReadOnlyList<string> scopes, IReadOnlySet<string> audiences)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType);
        identity.SetClaim(Claims.Subject, subject.GetClaim(Claims.Subject));
        foreach (var claim in subject.Claims.Where(claim => Kept.Contains(claim.Type)))
        {
            var copy = claim.Clone(identity);
            copy.SetDestinations(Destinations.AccessToken);
            identity.AddClaim(copy);
        }

        if (chain is not null)
        {
            identity.AddClaim(chain);
        }

        identity.SetScopes(scopes);
        identity.SetResources(audiences);
        // What ends the grant behind the token that was shown ends this one.
        identity.SetAuthorizationId(subject.GetAuthorizationId());
        var issued = new ClaimsPrincipal(identity);
        JsonClaim.RestoreArrays(issued, PersonClaims.Arrays);
        if (subject.GetExpirationDate() - time.GetUtcNow() is { } left && left < LongestLife)
        {
            issued.SetAccessTokenLifetime(left);
        }

        return issued;
    }
}
