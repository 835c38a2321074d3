using System.Data.Common;
using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Audit;

/// <summary>
/// Reads the trail for an auditor. By subject there is an index; by anything else a bounded number of entries is looked at for each page, since
/// every further index would slow each act that is written.
/// </summary>
public sealed class AuditEntries(Database database)
{
    /// <summary>Entries that are looked at for a page.</summary>
    public const int MostSearched = 50_000;

    private const int MaxText = 250;

    private const string Columns =
        """
        sequence AS Sequence, at AS At, actor AS Actor, act AS Act, subject AS Subject, details AS Details, salt AS Salt,
        details_digest AS DetailsDigest, previous_hash AS PreviousHash, hash AS Hash
        """;

    /// <param name="filter">Which.</param>
    /// <param name="before">Entries before this number; null: from the newest.</param>
    /// <param name="limit">1 to <see cref="PageLimit.Most"/>; null: <see cref="PageLimit.Usual"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Outcome<AuditPage>> ListAsync(AuditFilter filter, long? before, int? limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (new[] { filter.Subject, filter.Actor, filter.Act }.Any(text => text?.Length > MaxText || text?.Contains('\0') == true))
        {
            return new Refusal("query_invalid", $"A subject, an actor and an act have {MaxText} characters at most.");
        }

        return PageLimit.Read(limit).TryGet(out var most, out var refusal)
            ? await database.ReadAsync(connection => PageAsync(connection, filter, before, most, cancellationToken), cancellationToken).ConfigureAwait(false)
            : refusal;
    }

    public Task<ReadAuditEntry?> FindAsync(long sequence, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.QuerySingleOrDefaultAsync<AuditEntry>(new CommandDefinition(
            $"SELECT {Columns} FROM audit_entries WHERE sequence = @sequence", new { sequence }, cancellationToken: cancellationToken)).ConfigureAwait(false)) is { } found ? Read(found) : null,
        cancellationToken);

    /// <summary>The number of the newest entry; 0: there is none.</summary>
    public Task<long> NewestAsync(CancellationToken cancellationToken) => database.ReadAsync(connection => NewestAsync(connection, cancellationToken), cancellationToken);

    private static async Task<AuditPage> PageAsync(DbConnection connection, AuditFilter filter, long? before, int most, CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(connection, cancellationToken).ConfigureAwait(false);
        var upper = Math.Min(newest, Math.Max(before ?? long.MaxValue, 1) - 1);
        var floor = 0L;
        // The last day that there is bounds nothing.
        if (filter.Until is { } until && until < DateOnly.MaxValue)
        {
            upper = Math.Min(upper, await FirstOfAsync(connection, until.AddDays(1), newest, cancellationToken).ConfigureAwait(false) - 1);
        }

        if (filter.From is { } from)
        {
            floor = await FirstOfAsync(connection, from, newest, cancellationToken).ConfigureAwait(false) - 1;
        }

        // What passes without a look costs no look.
        var isSearch = filter.Subject is null && (filter.Actor is not null || filter.Act is not null);
        var lower = isSearch ? Math.Max(floor, upper - MostSearched) : floor;
        var rows = (await connection.QueryAsync<AuditEntry>(new CommandDefinition(
            $"""
            SELECT {Columns} FROM audit_entries
            WHERE sequence > @lower AND sequence <= @upper{Also("subject", filter.Subject)}{Also("actor", filter.Actor)}{Also("act", filter.Act)}
            ORDER BY sequence DESC LIMIT @most
            """,
            new { lower, upper, subject = filter.Subject, actor = filter.Actor, act = filter.Act, most = most + 1 },
            cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();
        ReadAuditEntry[] page = [.. rows.Take(most).Select(Read)];
        return rows.Count > most ? new AuditPage(page, page[^1].Sequence, null)
            : lower > floor ? new AuditPage(page, lower + 1, lower + 1)
            : new AuditPage(page, null, null);
    }

    private static string Also(string column, string? value) => value is null ? "" : $" AND {column} = @{column}";

    private static Task<long> NewestAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COALESCE(MAX(sequence), 0) FROM audit_entries", cancellationToken: cancellationToken));

    // Entries are written in the order of their times, as far as clocks agree: halving finds a day without an index of times.
    private static async Task<long> FirstOfAsync(DbConnection connection, DateOnly day, long newest, CancellationToken cancellationToken)
    {
        var time = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds();
        var (low, high) = (1L, newest + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var at = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
                "SELECT at FROM audit_entries WHERE sequence >= @middle ORDER BY sequence LIMIT 1", new { middle }, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (at is null || at >= time)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private static ReadAuditEntry Read(AuditEntry entry) => new(
        entry.Sequence,
        DateTimeOffset.FromUnixTimeSeconds(entry.At),
        entry.Actor,
        entry.Act,
        entry.Subject,
        entry.Details,
        Convert.ToHexStringLower(entry.PreviousHash),
        Convert.ToHexStringLower(entry.Hash));
}
