using System.Globalization;
using Dapper;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Notices;

/// <summary>
/// Tells ahead of what ends: 90, 30 and 7 days before, each once. What was made for less than twice such a time is not told of it, so
/// that a mandate for a month is no news on its first day.
/// </summary>
public sealed class WarnOfEnds(Database database, TimeProvider time)
{
    private const int BatchSize = 500;

    // From this many days before the end to the next: whoever missed the first is told of the nearest alone.
    private static readonly (int Days, int Next)[] Warnings = [(90, 30), (30, 7), (7, 0)];

    /// <returns>How many notices were stored.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var told = await OfCredentialsAsync(now, cancellationToken).ConfigureAwait(false);
        foreach (var (days, next) in Warnings)
        {
            told += await OfMandatesAsync(now, days, next, cancellationToken).ConfigureAwait(false);
            told += await OfAeoAsync(now, days, next, cancellationToken).ConfigureAwait(false);
        }

        return told;
    }

    private async Task<int> OfMandatesAsync(DateTimeOffset now, int days, int next, CancellationToken cancellationToken)
    {
        var told = 0;
        List<string> due;
        do
        {
            due = await ReadAsync<string>(
                """
                SELECT m.id FROM mandates m
                WHERE m.state = 2 AND m.valid_until > @After AND m.valid_until <= @Until AND m.valid_until - m.valid_from >= @Least
                  AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.once = 'operator:' || m.principal_tin || ' ends ' || m.id || @Mark)
                ORDER BY m.valid_until LIMIT @BatchSize
                """,
                new
                {
                    After = now.AddDays(next).ToUnixTimeSeconds(),
                    Until = now.AddDays(days).ToUnixTimeSeconds(),
                    Least = (long)TimeSpan.FromDays(2 * days).TotalSeconds,
                    Mark = Mark(days),
                    BatchSize,
                },
                cancellationToken).ConfigureAwait(false);
            told += await database.WriteAsync(
                async tx =>
                {
                    var stored = 0;
                    foreach (var id in due)
                    {
                        // Ended since it was read: that was told then.
                        if ((await MandateReader.FindAsync(tx, id).ConfigureAwait(false))?.Last is { State: MandateState.Accepted } mandate)
                        {
                            stored += await MandateNotices.WarnAsync(tx, mandate, now, $"ends {id}{Mark(days)}").ConfigureAwait(false);
                        }
                    }

                    return stored;
                },
                cancellationToken).ConfigureAwait(false);
        }
        while (due.Count == BatchSize);

        return told;
    }

    private async Task<int> OfAeoAsync(DateTimeOffset now, int days, int next, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var told = 0;
        List<AeoRow> due;
        do
        {
            // Days as text are in their order. A component that was granted for a shorter time has a start that is too late.
            due = await ReadAsync<AeoRow>(
                """
                SELECT c.tin AS Tin, c.programme AS Programme, c.component AS Component, c.effective_until AS Until
                FROM aeo_components c
                WHERE c.effective_until IS NOT NULL AND c.effective_until >= @After AND c.effective_until < @Until AND c.status IN (@Granted, @Suspended)
                  AND COALESCE(c.granted_from, '') <= @StartedBefore
                  AND NOT EXISTS (
                      SELECT 1 FROM notices n
                      WHERE n.once = 'operator:' || c.tin || ' ends ' || c.programme || '/' || c.component || ' ' || c.effective_until || @Mark)
                ORDER BY c.effective_until LIMIT @BatchSize
                """,
                new
                {
                    After = NoticeWords.Write(today.AddDays(next)),
                    Until = NoticeWords.Write(today.AddDays(days)),
                    StartedBefore = NoticeWords.Write(today.AddDays(-days)),
                    Granted = AeoStatus.Granted.ToCode(),
                    Suspended = AeoStatus.Suspended.ToCode(),
                    Mark = Mark(days),
                    BatchSize,
                },
                cancellationToken).ConfigureAwait(false);
            told += await database.WriteAsync(
                async tx =>
                {
                    var stored = 0;
                    foreach (var row in due)
                    {
                        stored += await GiveNotice.OnceAsync(
                            tx, [NoticeHolder.OfTin(row.Tin)], "aeo-ends", $"{row.Programme}/{row.Component}",
                            [new("component", $"{row.Programme} {row.Component}"), new("until", row.Until)], now, $"ends {row.Programme}/{row.Component} {row.Until}{Mark(days)}").ConfigureAwait(false);
                    }

                    return stored;
                },
                cancellationToken).ConfigureAwait(false);
        }
        while (due.Count == BatchSize);

        return told;
    }

    // By their key from the first to the last: see the migration.
    private async Task<int> OfCredentialsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var told = 0;
        var last = "";
        List<CredentialRow> page;
        do
        {
            page = await ReadAsync<CredentialRow>(
                """
                SELECT c.id AS Id, c.tin AS Tin, c.type AS Type, c.status AS Status, c.issued_at AS IssuedAt, c.expires_at AS ExpiresAt
                FROM credentials c WHERE c.id > @last ORDER BY c.id LIMIT @BatchSize
                """,
                new { last, BatchSize = BatchSize * 10 }, cancellationToken).ConfigureAwait(false);
            var due = page.Select(row => (Row: row, Days: row.DueAt(now))).Where(each => each.Days is not null).ToList();
            if (due.Count > 0)
            {
                told += await database.WriteAsync(tx => WarnAsync(tx, due, now), cancellationToken).ConfigureAwait(false);
            }

            last = page.Count == 0 ? last : page[^1].Id;
        }
        while (page.Count == BatchSize * 10);

        return told;
    }

    private static async Task<int> WarnAsync(WriteTransaction tx, List<(CredentialRow Row, int? Days)> due, DateTimeOffset now)
    {
        var stored = 0;
        foreach (var (row, days) in due)
        {
            // Whoever has a newer one already needs no warning of the old.
            if (await tx.ScalarAsync<long>(
                "SELECT COUNT(*) FROM credentials WHERE tin = @Tin AND type = @Type AND status = 0 AND expires_at > @ExpiresAt", row).ConfigureAwait(false) == 0)
            {
                stored += await GiveNotice.OnceAsync(
                    tx, [NoticeHolder.OfTin(row.Tin)], "credential-ends", row.Id,
                    [new("type", row.Type.ToString(CultureInfo.InvariantCulture)), new("until", NoticeWords.Write(DateTimeOffset.FromUnixTimeSeconds(row.ExpiresAt)))],
                    now, $"ends {row.Id}{Mark(days!.Value)}").ConfigureAwait(false);
            }
        }

        return stored;
    }

    private async Task<List<T>> ReadAsync<T>(string sql, object parameters, CancellationToken cancellationToken) => (await database.ReadAsync(
        connection => connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)), cancellationToken).ConfigureAwait(false)).AsList();

    private static string Mark(int days) => days.ToString(" 0", CultureInfo.InvariantCulture);

    private sealed record AeoRow(string Tin, string Programme, string Component, string Until);

    private sealed class CredentialRow
    {
        public required string Id { get; init; }

        public required string Tin { get; init; }

        public int Type { get; init; }

        public int Status { get; init; }

        public long IssuedAt { get; init; }

        public long ExpiresAt { get; init; }

        // A Mandate credential ends with its mandate, which is told.
        public int? DueAt(DateTimeOffset now)
        {
            if (Status != 0 || Type == CredentialTypes.Mandate)
            {
                return null;
            }

            var (left, whole) = (DateTimeOffset.FromUnixTimeSeconds(ExpiresAt) - now, TimeSpan.FromSeconds(ExpiresAt - IssuedAt));
            foreach (var (days, next) in Warnings)
            {
                if (left > TimeSpan.FromDays(next) && left <= TimeSpan.FromDays(days) && whole >= TimeSpan.FromDays(2 * days))
                {
                    return days;
                }
            }

            return null;
        }
    }
}
