using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators;

/// <summary>Reads operators whole: names, identifiers with evidence, roles, AEO components, all of one moment.</summary>
public sealed class OperatorReader(ProgrammeCatalogue programmes)
{
    public async Task<Operator?> FindAsync(Database database, Tin tin, CancellationToken cancellationToken) =>
        (await FindManyAsync(database, [tin], cancellationToken).ConfigureAwait(false)).GetValueOrDefault(tin);

    /// <summary>Inside an act, as its transaction sees it.</summary>
    public async Task<Operator?> FindAsync(WriteTransaction tx, Tin tin) =>
        (await FindManyAsync(tx, [tin]).ConfigureAwait(false)).GetValueOrDefault(tin);

    /// <summary>Those of the operators that exist.</summary>
    public Task<IReadOnlyDictionary<Tin, Operator>> FindManyAsync(
        Database database, IReadOnlyCollection<Tin> tins, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<Tin, Operator>>(
            async connection =>
            {
                // Several queries of one moment: a snapshot on PostgreSQL; on SQLite any read transaction is one.
                await using var snapshot = connection is SqliteConnection sqlite
                    ? sqlite.BeginTransaction(deferred: true)
                    : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
                return Whole(await LoadAsync(connection, snapshot, database.Dialect, tins, cancellationToken).ConfigureAwait(false));
            },
            cancellationToken);

    public async Task<IReadOnlyDictionary<Tin, Operator>> FindManyAsync(WriteTransaction tx, IReadOnlyCollection<Tin> tins) =>
        Whole(await LoadAsync(tx, tins).ConfigureAwait(false));

    /// <summary>With the digest of the facts that they were registered from.</summary>
    internal Task<List<(Operator Held, byte[] FactsDigest)>> LoadAsync(WriteTransaction tx, IReadOnlyCollection<Tin> tins) =>
        LoadAsync(tx.Connection, tx.Transaction, tx.Dialect, tins, tx.CancellationToken);

    private static Dictionary<Tin, Operator> Whole(List<(Operator Held, byte[] FactsDigest)> loaded) =>
        loaded.ToDictionary(each => each.Held.Tin, each => each.Held);

    private async Task<List<(Operator Held, byte[] FactsDigest)>> LoadAsync(
        DbConnection connection, DbTransaction transaction, SqlDialect dialect, IReadOnlyCollection<Tin> tins, CancellationToken cancellationToken)
    {
        var parameters = new { Tins = TextSet.Of(tins.Select(tin => tin.Value)) };
        var among = TextSet.In(dialect, "@Tins");
        var operators = await QueryAsync<OperatorRow>($"SELECT {OperatorRow.Columns} FROM operators WHERE tin IN {among} ORDER BY tin").ConfigureAwait(false);
        var identifiers = (await QueryAsync<IdentifierRow>($"SELECT {IdentifierRow.Columns} FROM operator_identifiers WHERE tin IN {among} ORDER BY tin, scheme, value").ConfigureAwait(false)).ToLookup(row => row.Tin);
        var components = (await QueryAsync<AeoRow>($"SELECT {AeoRow.Columns} FROM aeo_components WHERE tin IN {among} ORDER BY tin, programme, component").ConfigureAwait(false)).ToLookup(row => row.Tin);
        return
        [
            .. operators.Select(row => (
                row.ToOperator(
                    identifiers[row.Tin].Select(identifier => identifier.ToIdentifier()),
                    components[row.Tin].Select(component => component.ToComponent(programmes))),
                row.FactsDigest)),
        ];

        Task<IEnumerable<T>> QueryAsync<T>(string sql) =>
            connection.QueryAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
    }
}
