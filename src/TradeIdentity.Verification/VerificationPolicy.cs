namespace TradeIdentity.Verification;

/// <summary>What a post tolerates. Freshness is its policy, not luck.</summary>
public sealed record VerificationPolicy
{
    /// <summary>No policy of the post's own: a status is good until the bundle's next update is due.</summary>
    public static VerificationPolicy Default { get; } = new();

    /// <summary>How old a status may be; null: until the bundle's next update is due.</summary>
    public TimeSpan? MaxStatusAge { get; init; }

    /// <summary>How old a status may be for credential types of these codes, where it differs.</summary>
    public IReadOnlyDictionary<int, TimeSpan> MaxStatusAgeByType { get; init; } = new Dictionary<int, TimeSpan>();

    /// <summary>How far the clock may be behind a signed time before it is doubted.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(30);
}
