using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Authority.Keys;

/// <summary>How long a key of a purpose is announced, signs, and verifies after that.</summary>
internal sealed record KeySchedule(TimeSpan Announced, TimeSpan Signs, TimeSpan Overlap)
{
    // An anchor is pinned by hand at posts that may be visited once a year.
    private static readonly KeySchedule OfAnchors = new(TimeSpan.FromDays(365), TimeSpan.FromDays(3650), TimeSpan.FromDays(365));

    // Tokens live for hours, refresh tokens for weeks; clients read the key set again within a day.
    private static readonly KeySchedule OfOpenId = new(TimeSpan.FromDays(2), TimeSpan.FromDays(90), TimeSpan.FromDays(60));

    public static KeySchedule Of(KeyPurpose purpose, KeysOptions options) => purpose switch
    {
        KeyPurpose.Anchor => OfAnchors,
        KeyPurpose.OpenId => OfOpenId,
        _ => new(TimeSpan.FromDays(options.AnnounceDays), TimeSpan.FromDays(options.IssuingKeyDays), TimeSpan.FromDays(options.OverlapDays)),
    };
}
