using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>A row of <c>account_sessions</c> with what the account's row adds to it.</summary>
internal sealed record SessionRow(
    string Sid, string AccountId, long Generation, long CreatedAt, long LastSeenAt, long AuthTime, string Amr, string Acr, string? ActingFor, string UserAgent, string Roles)
{
    /// <summary>Those that are open: neither ended nor too old, of an account that is not disabled.</summary>
    public const string SelectOpen =
        """
        SELECT s.sid AS Sid, s.account_id AS AccountId, s.generation AS Generation, s.created_at AS CreatedAt, s.last_seen_at AS LastSeenAt,
            s.auth_time AS AuthTime, s.amr AS Amr, s.acr AS Acr, s.acting_for AS ActingFor, s.user_agent AS UserAgent, a.roles AS Roles
        FROM account_sessions s JOIN accounts a ON a.id = s.account_id
        WHERE s.ended_at IS NULL AND s.last_seen_at > @SeenAfter AND s.created_at > @CreatedAfter AND a.disabled_at IS NULL

        """;

    public Session ToSession() => new()
    {
        Sid = Sid,
        AccountId = AccountId,
        Generation = Generation,
        CreatedAt = DateTimeOffset.FromUnixTimeSeconds(CreatedAt),
        LastSeenAt = DateTimeOffset.FromUnixTimeSeconds(LastSeenAt),
        AuthTime = DateTimeOffset.FromUnixTimeSeconds(AuthTime),
        Amr = [.. Amr.Split(' ')],
        Acr = Acr,
        ActingFor = ActingFor is null ? null : Tin.Parse(ActingFor),
        UserAgent = UserAgent,
        SecondFactorRequired = Roles.Length > 0 && Acr != AcrValues.TwoFactors,
    };
}
