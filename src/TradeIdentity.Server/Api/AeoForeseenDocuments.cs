using TradeIdentity.Authority.Aeo;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Server.Api;

/// <summary>What a decision would do if it were taken now. Nothing was stored.</summary>
internal sealed record AeoForeseenBody(string Programme, string Component, string? From, string To, DateOnly EffectiveFrom, DateOnly? DueOn, IReadOnlyList<AeoForeseenCredentialBody> Credentials)
{
    internal static AeoForeseenBody Of(AeoForeseen foreseen) => new(
        foreseen.Next.Programme,
        foreseen.Next.Component,
        foreseen.From?.ToCode(),
        foreseen.Next.Status.ToCode(),
        foreseen.Next.EffectiveFrom,
        foreseen.Next.DueOn,
        [.. foreseen.Credentials.Select(credential => new AeoForeseenCredentialBody(credential.Id, credential.IssuedAt, credential.ExpiresAt, Name(credential.From), Name(credential.To)))]);

    internal static string Name(StatusValue status) => status switch
    {
        StatusValue.Valid => "valid",
        StatusValue.Suspended => "suspended",
        _ => "revoked",
    };
}

/// <summary>A credential that would have another status.</summary>
internal sealed record AeoForeseenCredentialBody(string Id, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, string From, string To);
