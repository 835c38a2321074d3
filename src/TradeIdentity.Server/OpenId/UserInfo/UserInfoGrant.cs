using System.Security.Claims;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId.Persons;

namespace TradeIdentity.Server.OpenId.UserInfo;

/// <summary>What an access token lets its bearer ask of a person.</summary>
internal sealed record UserInfoGrant(string AccountId, Tin? Organization, IReadOnlyList<string> Scopes, IReadOnlySet<string> Claims, VerifiedClaimsRequest? Verified)
{
    /// <summary>Null where the token is not of a person.</summary>
    internal static UserInfoGrant? Read(ClaimsPrincipal token) =>
        token.GetClaim(OpenIddictConstants.Claims.Subject) is { } subject && token.HasClaim(OpenIddictConstants.Claims.AuthenticationTime)
            ? new UserInfoGrant(
                subject,
                OrganizationClaims.TinOf(token),
                token.GetScopes(),
                token.GetClaims(PersonGrant.UserInfoClaim).ToHashSet(StringComparer.Ordinal),
                VerifiedClaimsRequest.Restore(token.GetClaim(PersonGrant.UserInfoVerifiedClaim)))
            : null;
}
