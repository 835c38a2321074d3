using System.Security.Claims;
using System.Text.Json;
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
                OrganizationOf(token),
                token.GetScopes(),
                token.GetClaims(PersonGrant.UserInfoClaim).ToHashSet(StringComparer.Ordinal),
                VerifiedClaimsRequest.Restore(token.GetClaim(PersonGrant.UserInfoVerifiedClaim)))
            : null;

    private static Tin? OrganizationOf(ClaimsPrincipal token)
    {
        if (token.GetClaim(OrganizationClaims.Organization) is not { } text)
        {
            return null;
        }

        // Of our own making, in a token whose signature was checked.
        using var organization = JsonDocument.Parse(text);
        return Tin.Parse(organization.RootElement.GetProperty("tin").GetString()!);
    }
}
