namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>NIST SP 800-63B-4 §2.2.3 lets a session of two factors stand 24 hours, and an hour unused; ours ends sooner: a working day.</summary>
public static class SessionLifetime
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public static readonly TimeSpan LongestUnused = TimeSpan.FromHours(1);

    /// <summary>How exactly the last use is known: a write a minute, not one a request.</summary>
    internal static readonly TimeSpan SeenResolution = TimeSpan.FromMinutes(1);

    internal static (long SeenAfter, long CreatedAfter) OpenSince(DateTimeOffset now) =>
        ((now - LongestUnused).ToUnixTimeSeconds(), (now - Longest).ToUnixTimeSeconds());
}
