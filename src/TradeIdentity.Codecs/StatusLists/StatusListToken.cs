namespace TradeIdentity.Codecs.StatusLists;

/// <summary>What a Status List Token says (draft-ietf-oauth-status-list §5), whatever its form.</summary>
public sealed record StatusListToken
{
    /// <summary><c>sub</c>: the URI of the list, the one that tokens refer to.</summary>
    public required string Subject { get; init; }

    /// <summary><c>iat</c>: when it was issued, UTC; written in whole seconds.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary><c>exp</c>: from when on it is not to be relied on, UTC; null for no end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary><c>ttl</c>: how long a reader may keep it before it asks again; null where the issuer leaves it open.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>The statuses.</summary>
    public required StatusListBitmap Statuses { get; init; }

    /// <summary><c>aggregation_uri</c>: where all lists of the issuer are named (§9); null for none.</summary>
    public string? AggregationUri { get; init; }

    /// <summary>Whether it is not to be relied on at <paramref name="at"/>, UTC (§8.3).</summary>
    public bool IsExpired(DateTimeOffset at) => at >= ExpiresAt;
}
