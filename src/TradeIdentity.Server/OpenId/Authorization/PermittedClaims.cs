using TradeIdentity.Server.OpenId.Persons;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>What of a <see cref="ClaimsRequest"/> a client may have: claims whose scope it is permitted, whether it asked for the scope or not.</summary>
internal sealed record PermittedClaims(
    IReadOnlySet<string> IdToken, IReadOnlySet<string> UserInfo, VerifiedClaimsRequest? IdTokenVerified, VerifiedClaimsRequest? UserInfoVerified)
{
    internal static PermittedClaims None { get; } = new(new HashSet<string>(), new HashSet<string>(), null, null);

    /// <summary>As a person consents to them, in order; those inside <c>verified_claims</c> one by one.</summary>
    internal IReadOnlyList<string> InConsent =>
    [
        .. IdToken.Union(UserInfo)
            .Union((IdTokenVerified?.Names ?? []).Union(UserInfoVerified?.Names ?? []).Select(VerifiedClaimNames.InConsent))
            .Order(StringComparer.Ordinal),
    ];

    internal static PermittedClaims Of(ClaimsRequest asked, IReadOnlyCollection<string> permissions)
    {
        return new PermittedClaims(Named(asked.IdToken), Named(asked.UserInfo), asked.IdTokenVerified?.Permitted(IsPermitted), asked.UserInfoVerified?.Permitted(IsPermitted));

        HashSet<string> Named(IReadOnlySet<string> names) => [.. names.Where(name => PersonClaims.ScopeOf.TryGetValue(name, out var scope) && IsPermitted(scope))];

        bool IsPermitted(string scope) => permissions.Contains(Permissions.Prefixes.Scope + scope);
    }
}
