using System.Data.Common;
using Dapper;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Codecs.StatusLists;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Trust;

/// <summary>What the bundle is made of, and the bundles that were published, in the ledger.</summary>
internal static class BundleStore
{
    // Bundles of which the file is kept. The rows stay for deltas: a post that has an older bundle is still brought up to date.
    private const int FilesKept = 16;

    private const string Columns =
        """
        SELECT sequence AS "Sequence", issued_at AS "IssuedAt", next_update_at AS "NextUpdateAt",
               status_watermark AS "StatusWatermark", frame_digest AS "FrameDigest", message AS "Message"
        FROM trust_bundles

        """;

    internal static async Task<PublishedBundle?> FindNewestAsync(DbConnection connection, DbTransaction? transaction = null) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(Columns + "ORDER BY sequence DESC LIMIT 1", transaction: transaction).ConfigureAwait(false))?.ToBundle();

    internal static async Task<PublishedBundle?> FindAsync(DbConnection connection, long sequence) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(Columns + "WHERE sequence = @sequence", new { sequence }).ConfigureAwait(false))?.ToBundle();

    internal static Task<long> WatermarkAsync(DbConnection connection, DbTransaction? transaction = null) =>
        connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(sequence), 0) FROM status_changes", transaction: transaction);

    internal static async Task<List<int>> ListNumbersAsync(DbConnection connection, DbTransaction? transaction = null) =>
        (await connection.QueryAsync<int>("SELECT list FROM status_lists ORDER BY list", transaction: transaction).ConfigureAwait(false)).AsList();

    /// <summary>The bitmap of each list, by number, as the credentials and mandates of the ledger say.</summary>
    internal static async Task<Dictionary<int, StatusListBitmap>> ReadStatusesAsync(DbConnection connection, DbTransaction? transaction, int? onlyList = null)
    {
        var lists = (await connection.QueryAsync<(long List, long Capacity)>(
            "SELECT list, capacity FROM status_lists WHERE @onlyList IS NULL OR list = @onlyList",
            new { onlyList = (long?)onlyList }, transaction).ConfigureAwait(false))
            .ToDictionary(row => (int)row.List, row => new StatusListBitmap(2, (int)row.Capacity));
        var marked = connection.QueryUnbufferedAsync<(long List, long Index, long Status)>(
            """
            SELECT status_list, status_index, status FROM credentials WHERE status <> 0 AND (@onlyList IS NULL OR status_list = @onlyList)
            UNION ALL
            SELECT status_list, status_index, status FROM mandates WHERE status <> 0 AND (@onlyList IS NULL OR status_list = @onlyList)
            """,
            new { onlyList = (long?)onlyList }, transaction);
        await foreach (var (list, index, status) in marked.ConfigureAwait(false))
        {
            lists[(int)list].Set((int)index, (int)status);
        }

        return lists;
    }

    /// <summary>The indexes whose status changed after one watermark and up to another, with the status that they then had.</summary>
    internal static async Task<List<(int List, int Index, StatusValue Status)>> ReadChangesAsync(DbConnection connection, long after, long upTo) =>
        [.. (await connection.QueryAsync<(long List, long Index, long Status)>(
            """
            SELECT status_list, status_index, status FROM status_changes WHERE sequence IN
                (SELECT MAX(sequence) FROM status_changes WHERE sequence > @after AND sequence <= @upTo GROUP BY status_list, status_index)
            ORDER BY status_list, status_index
            """,
            new { after, upTo }).ConfigureAwait(false)).Select(row => ((int)row.List, (int)row.Index, (StatusValue)row.Status))];

    /// <summary>What became of operators that a credential in circulation names; of more than a bundle takes, the newest.</summary>
    internal static async Task<List<Succession>> ReadSuccessionsAsync(WriteTransaction tx, string issuer, DateTimeOffset at)
    {
        var rows = await tx.QueryAsync<SuccessionRow>(
            $"""
            SELECT tin AS Tin, {OperatorSuccessionRow.SuccessionColumns} FROM operators
            WHERE succession_kind IS NOT NULL AND (
                EXISTS (SELECT 1 FROM credentials WHERE credentials.tin = operators.tin AND expires_at > @at)
                OR EXISTS (SELECT 1 FROM mandates WHERE grantor_tin = operators.tin AND valid_until > @at))
            ORDER BY succeeded_on DESC, tin LIMIT @Most
            """,
            new { at = at.ToUnixTimeSeconds(), Most = BundleWriter.MaxSuccessions }).ConfigureAwait(false);
        var ended = rows.ConvertAll(row => (row.Tin, Succession: row.ToSuccession()!));
        var successors = ended.SelectMany(each => each.Succession.Successors).Select(tin => tin.Value).Distinct();
        var names = (await tx.QueryAsync<(string Tin, string LegalName)>(
            $"SELECT tin, legal_name FROM operators WHERE tin IN {TextSet.In(tx.Dialect, "@Tins")}", new { Tins = TextSet.Of(successors) }).ConfigureAwait(false))
            .ToDictionary(row => row.Tin, row => row.LegalName, StringComparer.Ordinal);
        return ended.ConvertAll(each => new Succession
        {
            Issuer = issuer,
            Tin = each.Tin,
            Kind = each.Succession.Kind,
            EffectiveOn = each.Succession.EffectiveOn,
            Successors = [.. each.Succession.Successors.Select(tin => new Successor(tin.Value, names[tin.Value]))],
        });
    }

    internal static async Task InsertAsync(WriteTransaction tx, PublishedBundle bundle)
    {
        await tx.ExecuteAsync(
            """
            INSERT INTO trust_bundles (sequence, issued_at, next_update_at, status_watermark, frame_digest, message)
            VALUES (@Sequence, @IssuedAt, @NextUpdateAt, @StatusWatermark, @FrameDigest, @Message)
            """,
            Row.Of(bundle)).ConfigureAwait(false);
        await tx.ExecuteAsync(
            "UPDATE trust_bundles SET message = NULL WHERE sequence = @sequence",
            new { sequence = bundle.Sequence - FilesKept }).ConfigureAwait(false);
    }

    private sealed record SuccessionRow : OperatorSuccessionRow
    {
        public required string Tin { get; init; }
    }

    private sealed class Row
    {
        public long Sequence { get; init; }

        public long IssuedAt { get; init; }

        public long NextUpdateAt { get; init; }

        public long StatusWatermark { get; init; }

        public required byte[] FrameDigest { get; init; }

        public byte[]? Message { get; init; }

        public static Row Of(PublishedBundle bundle) => new()
        {
            Sequence = bundle.Sequence,
            IssuedAt = bundle.IssuedAt.ToUnixTimeSeconds(),
            NextUpdateAt = bundle.NextUpdateAt.ToUnixTimeSeconds(),
            StatusWatermark = bundle.StatusWatermark,
            FrameDigest = bundle.FrameDigest,
            Message = bundle.Message,
        };

        public PublishedBundle ToBundle() => new(
            Sequence,
            DateTimeOffset.FromUnixTimeSeconds(IssuedAt),
            DateTimeOffset.FromUnixTimeSeconds(NextUpdateAt),
            StatusWatermark,
            FrameDigest,
            Message ?? []);
    }
}
