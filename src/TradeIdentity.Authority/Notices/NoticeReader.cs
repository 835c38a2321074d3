using System.Text.Json;
using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Notices;

/// <summary>What a person was told, themselves and as one who acts for an operator.</summary>
public sealed class NoticeReader(Database database)
{
    /// <summary>More are counted as this many.</summary>
    public const int MostCounted = 100;

    // Behind every id, which is hexadecimal.
    private const string BeforeNothing = "g";

    /// <summary>Newest first.</summary>
    /// <param name="accountId">Who asks.</param>
    /// <param name="actingFor">The operator for which they act; null: their own notices alone.</param>
    /// <param name="before">Id of the last one of the page before; null for the first page.</param>
    /// <param name="limit">At most <see cref="PageLimit.Most"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Notice>> PageAsync(string accountId, Tin? actingFor, string? before, int limit, CancellationToken cancellationToken)
    {
        // Each holder's newest by the index, then the newest of both.
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(new CommandDefinition(
                """
                SELECT n.id AS Id, n.kind AS Kind, n.about AS About, n.facts AS Facts, n.at AS At, s.seen_until AS SeenUntil
                FROM (
                    SELECT * FROM (SELECT * FROM notices WHERE holder = @account AND id < @before ORDER BY id DESC LIMIT @limit) own
                    UNION ALL
                    SELECT * FROM (SELECT * FROM notices WHERE holder = @entity AND id < @before ORDER BY id DESC LIMIT @limit) entitys
                ) n
                LEFT JOIN notices_seen s ON s.account_id = @accountId AND s.holder = n.holder
                ORDER BY n.id DESC LIMIT @limit
                """,
                Of(accountId, actingFor, before ?? BeforeNothing, limit), cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToNotice())];
    }

    /// <summary>How many the person has not seen, at most <see cref="MostCounted"/>.</summary>
    public Task<int> CountNewAsync(string accountId, Tin? actingFor, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            SELECT COUNT(*) FROM (
                SELECT 1 FROM notices n
                WHERE n.holder IN (@account, @entity)
                  AND n.id > COALESCE((SELECT s.seen_until FROM notices_seen s WHERE s.account_id = @accountId AND s.holder = n.holder), '')
                LIMIT @limit) unseen
            """,
            Of(accountId, actingFor, BeforeNothing, MostCounted), cancellationToken: cancellationToken)),
        cancellationToken);

    private static object Of(string accountId, Tin? actingFor, string before, int limit) => new
    {
        accountId,
        account = NoticeHolder.Of(accountId),
        entity = actingFor is null ? "" : NoticeHolder.Of(actingFor),
        before,
        limit,
    };

    private sealed record Row(string Id, string Kind, string About, string Facts, long At, string? SeenUntil)
    {
        public Notice ToNotice() => new(
            Id, Kind, About, JsonSerializer.Deserialize(Facts, NoticeJson.Default.NoticeFactArray)!, DateTimeOffset.FromUnixTimeSeconds(At), string.CompareOrdinal(Id, SeenUntil) > 0);
    }
}
