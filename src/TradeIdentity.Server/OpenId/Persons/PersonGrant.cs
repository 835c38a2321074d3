using System.Security.Claims;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Operators.Identifiers;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>
/// What a person granted a client: the sign-in, the entity, the scopes. Kept in codes and refresh tokens; the facts that the
/// tokens state are read anew each time they are issued.
/// </summary>
internal sealed record PersonGrant
{
    // Claims of our own that no token shows: the engine keeps those with its prefix inside codes and refresh tokens.
    private const string OrganizationClaim = Claims.Prefixes.Private + "organization";
    private const string DetailsClaim = Claims.Prefixes.Private + "authorization_details";
    private const string IdTokenClaim = Claims.Prefixes.Private + "id_token_claim";
    private const string IdTokenVerifiedClaim = Claims.Prefixes.Private + "id_token_verified_claims";
    private const string SidClaim = "sid";

    public required string AccountId { get; init; }

    /// <summary>The session of the sign-in, OpenID Connect Front-Channel Logout §3.</summary>
    public required string Sid { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long AuthTime { get; init; }

    public required string Acr { get; init; }

    public required IReadOnlyList<string> Amr { get; init; }

    /// <summary>The legal entity that the person acts for; null for nobody but themselves.</summary>
    public Tin? Organization { get; init; }

    /// <summary>Whether the entity was asked for by <c>authorization_details</c>.</summary>
    public bool HasDetails { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>RFC 8707: for which resources it was asked, this server among them where it was named.</summary>
    public required IReadOnlyCollection<string> Resources { get; init; }

    /// <summary>Claims asked for in the ID token by the <c>claims</c> parameter.</summary>
    public IReadOnlySet<string> IdTokenClaims { get; init; } = new HashSet<string>();

    /// <summary>Claims asked for at the UserInfo endpoint by the <c>claims</c> parameter.</summary>
    public IReadOnlySet<string> UserInfoClaims { get; init; } = new HashSet<string>();

    /// <summary>What was asked for inside <c>verified_claims</c> of the ID token; null: it has none.</summary>
    public VerifiedClaimsRequest? IdTokenVerified { get; init; }

    /// <summary>What was asked for inside <c>verified_claims</c> at the UserInfo endpoint; null: what the scopes bring.</summary>
    public VerifiedClaimsRequest? UserInfoVerified { get; init; }

    internal void WriteTo(ClaimsIdentity identity)
    {
        identity.SetClaim(Claims.Subject, AccountId);
        identity.SetScopes(Scopes);
        identity.SetResources(Resources);
        Add(SidClaim, Sid, Destinations.IdentityToken);
        identity.SetClaim(Claims.AuthenticationTime, AuthTime);
        Add(Claims.AuthenticationContextReference, Acr, Destinations.AccessToken, Destinations.IdentityToken);
        identity.AddClaim(JsonClaim.Of(Claims.AuthenticationMethodReference, Amr, [Destinations.IdentityToken]));
        identity.SetClaim(OrganizationClaim, Organization?.Value);
        identity.SetClaim(DetailsClaim, HasDetails ? "true" : null);
        identity.SetClaims(IdTokenClaim, [.. IdTokenClaims]);
        identity.SetClaim(IdTokenVerifiedClaim, IdTokenVerified?.Write());
        if (UserInfoVerified is not null)
        {
            Add(UserInfoVerifiedClaim, UserInfoVerified.Write(), Destinations.AccessToken);
        }

        if (UserInfoClaims.Count > 0)
        {
            identity.AddClaim(JsonClaim.Of(UserInfoClaim, UserInfoClaims, [Destinations.AccessToken]));
        }

        Show(Claims.AuthenticationTime, Destinations.AccessToken, Destinations.IdentityToken);

        void Add(string type, string value, params string[] destinations)
        {
            identity.SetClaim(type, value);
            Show(type, destinations);
        }

        void Show(string type, params string[] destinations)
        {
            foreach (var claim in identity.FindAll(type))
            {
                claim.SetDestinations(destinations);
            }
        }
    }

    /// <summary>As <see cref="WriteTo"/> wrote it; null where the principal is not of a person.</summary>
    internal static PersonGrant? Read(ClaimsPrincipal principal) =>
        principal.GetClaim(Claims.Subject) is { } subject && principal.GetClaim(SidClaim) is { } sid
            && long.TryParse(principal.GetClaim(Claims.AuthenticationTime), out var authTime)
            ? new PersonGrant
            {
                AccountId = subject,
                Sid = sid,
                AuthTime = authTime,
                Acr = principal.GetClaim(Claims.AuthenticationContextReference) ?? AcrValues.OneFactor,
                Amr = principal.GetClaims(Claims.AuthenticationMethodReference),
                Organization = Tin.TryParse(principal.GetClaim(OrganizationClaim), out var tin) ? tin : null,
                HasDetails = principal.GetClaim(DetailsClaim) is not null,
                Scopes = principal.GetScopes(),
                Resources = principal.GetResources(),
                IdTokenClaims = principal.GetClaims(IdTokenClaim).ToHashSet(StringComparer.Ordinal),
                UserInfoClaims = principal.GetClaims(UserInfoClaim).ToHashSet(StringComparer.Ordinal),
                IdTokenVerified = VerifiedClaimsRequest.Restore(principal.GetClaim(IdTokenVerifiedClaim)),
                UserInfoVerified = VerifiedClaimsRequest.Restore(principal.GetClaim(UserInfoVerifiedClaim)),
            }
            : null;

    /// <summary>Names of claims for the UserInfo endpoint, in access tokens.</summary>
    internal const string UserInfoClaim = "userinfo_claims";

    /// <summary>A <see cref="VerifiedClaimsRequest"/> for the UserInfo endpoint, in access tokens, as text: the engine takes JSON apart.</summary>
    internal const string UserInfoVerifiedClaim = "userinfo_verified_claims";
}
