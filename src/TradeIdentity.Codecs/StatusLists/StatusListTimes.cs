namespace TradeIdentity.Codecs.StatusLists;

/// <summary>The times of a Status List Token, alike in JSON and CBOR.</summary>
internal static class StatusListTimes
{
    /// <summary>9999-12-31T23:59:59Z.</summary>
    public const double MaxSeconds = 253_402_300_799;

    /// <summary>A thousand years: more is no time to live.</summary>
    public const double MaxTimeToLive = 31_557_600_000;

    public static DateTimeOffset At(double seconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));

    public static StatusListToken Token(
        string subject, DateTimeOffset issuedAt, DateTimeOffset? expiresAt, double? timeToLive, StatusListBitmap statuses, string? aggregationUri) => new()
        {
            Subject = subject,
            IssuedAt = issuedAt,
            ExpiresAt = expiresAt,
            TimeToLive = timeToLive is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Statuses = statuses,
            AggregationUri = aggregationUri,
        };
}
