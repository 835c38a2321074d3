using TradeIdentity.Server.OpenId.Authorization;

namespace TradeIdentity.Server.Api;

/// <summary>What the person of the token allows an application: by scopes and by single claims, for one entity or for themselves.</summary>
internal sealed record OwnConsentBody(string Id, string ClientId, string? ClientName, string? Organization, IReadOnlyList<string> Scopes, IReadOnlyList<string> Claims, DateTimeOffset AllowedAt)
{
    internal static OwnConsentBody Of(Consent consent) => new(consent.Id, consent.ClientId, consent.ClientName, consent.Organization, [.. consent.Scopes], consent.Claims, consent.AllowedAt);
}

/// <summary>All that the person allows.</summary>
internal sealed record OwnConsentListBody(IReadOnlyList<OwnConsentBody> Items);
