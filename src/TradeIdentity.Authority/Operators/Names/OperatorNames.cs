using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators.Names;

/// <summary>Writes the keys by which names are searched for and compared.</summary>
internal static class OperatorNames
{
    private const int Batch = 1000;

    /// <summary>In place of those that the operators had.</summary>
    internal static async Task WriteAsync(WriteTransaction tx, IReadOnlyCollection<(string Tin, IEnumerable<string> Names)> operators)
    {
        await tx.ExecuteAsync(
            $"DELETE FROM operator_names WHERE tin IN {TextSet.In(tx.Dialect, "@tins")}", new { tins = TextSet.Of(operators.Select(each => each.Tin)) }).ConfigureAwait(false);
        await RowBatch.ExecuteAsync(
            tx,
            "INSERT INTO operator_names (tin, name, name_key, skeleton) VALUES (@Tin, @Name, @NameKey, @Skeleton)",
            operators.SelectMany(each => each.Names.Distinct().Select(name => Row.Of(each.Tin, name)))).ConfigureAwait(false);
    }

    /// <summary>
    /// Writes the keys of operators that were registered before there were any: a key is not made in SQL. What is done is done when it is ended
    /// before its end.
    /// </summary>
    internal static async Task FillAsync(Database database, CancellationToken cancellationToken)
    {
        while (await database.WriteAsync(FillBatchAsync, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }

    private static async Task<int> FillBatchAsync(WriteTransaction tx)
    {
        var rows = await tx.QueryAsync<NamedRow>(
            """
            SELECT o.tin AS Tin, o.legal_name AS LegalName, o.trading_names AS TradingNames
            FROM operators_to_name t JOIN operators o ON o.tin = t.tin ORDER BY t.tin LIMIT @Batch
            """,
            new { Batch }).ConfigureAwait(false);
        if (rows.Count > 0)
        {
            await WriteAsync(tx, [.. rows.Select(row => (row.Tin, TextSet.Read(row.TradingNames).Prepend(row.LegalName)))]).ConfigureAwait(false);
            await tx.ExecuteAsync(
                $"DELETE FROM operators_to_name WHERE tin IN {TextSet.In(tx.Dialect, "@tins")}", new { tins = TextSet.Of(rows.Select(row => row.Tin)) }).ConfigureAwait(false);
        }

        return rows.Count;
    }

    private sealed record Row(string Tin, string Name, string NameKey, string Skeleton)
    {
        internal static Row Of(string tin, string name)
        {
            var key = Names.NameKey.Of(name);
            return new Row(tin, name, key.Text, key.Skeleton);
        }
    }

    private sealed class NamedRow
    {
        public required string Tin { get; init; }

        public required string LegalName { get; init; }

        public required string TradingNames { get; init; }
    }
}
