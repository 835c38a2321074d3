using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Mandates;

/// <summary>Reads mandates, each with all that it hangs from.</summary>
public sealed class MandateReader(Database database)
{
    // Behind every id, which is hexadecimal.
    private const string BeforeNothing = "g";

    private const string Chains =
        $"""
        SELECT leaf.id AS Last, {MandateRow.Columns}
        FROM mandates leaf JOIN mandates m ON m.id IN (leaf.id, leaf.parent_id, leaf.parents_parent_id, leaf.first_of_four_id)

        """;

    private const string LastThenDown = "\nORDER BY leaf.id DESC, m.level";

    /// <summary>The chain that ends with this mandate; null where there is none.</summary>
    public async Task<MandateChain?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await QueryAsync("WHERE leaf.id = @id", new { id }, cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>The chains of those of the mandates that exist.</summary>
    internal Task<IReadOnlyList<MandateChain>> FindManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => ids.Count == 0
        ? Task.FromResult<IReadOnlyList<MandateChain>>([])
        : QueryAsync($"WHERE leaf.id IN {TextSet.In(database.Dialect, "@Ids")}", new { Ids = TextSet.Of(ids) }, cancellationToken);

    /// <summary>
    /// One of them inside an act. Where several instances write, its links are held until the act ends: nothing is answered under a
    /// link that ends at the same time.
    /// </summary>
    internal static async Task<MandateChain?> FindAsync(WriteTransaction tx, string id) =>
        Group(await tx.QueryAsync<MandateRow>(
            Chains + "WHERE leaf.id = @id" + LastThenDown + (tx.Dialect == SqlDialect.PostgreSql ? " FOR UPDATE OF m" : ""), new { id }).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>What an operator granted, newest first.</summary>
    /// <param name="grantor">Who.</param>
    /// <param name="before">Id of the last one of the page before; null for the first page.</param>
    /// <param name="limit">At most <see cref="PageLimit.Most"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<IReadOnlyList<MandateChain>> GrantedByAsync(Tin grantor, string? before, int limit, CancellationToken cancellationToken) =>
        PageAsync("grantor_tin", grantor.Value, before, limit, cancellationToken);

    /// <summary>What was granted to an operator, newest first.</summary>
    public Task<IReadOnlyList<MandateChain>> GrantedToAsync(Tin representative, string? before, int limit, CancellationToken cancellationToken) =>
        PageAsync("representative_tin", representative.Value, before, limit, cancellationToken);

    /// <summary>What was granted to a natural person, newest first.</summary>
    public Task<IReadOnlyList<MandateChain>> GrantedToPersonAsync(string accountId, string? before, int limit, CancellationToken cancellationToken) =>
        PageAsync("representative_account", accountId, before, limit, cancellationToken);

    /// <summary>What holds at a time for a person and for the operator that they act for, newest first.</summary>
    public Task<IReadOnlyList<MandateChain>> HoldingAsync(string accountId, Tin? actingFor, DateTimeOffset at, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            $"""
            WHERE leaf.id IN (
                SELECT id FROM mandates held
                WHERE (representative_account = @accountId OR representative_tin = @tin) AND {Holds("held")}
                  AND NOT EXISTS (
                      SELECT 1 FROM mandates above
                      WHERE above.id IN (held.parent_id, held.parents_parent_id, held.first_of_four_id) AND NOT ({Holds("above")}))
                ORDER BY id DESC LIMIT @limit)
            """,
            new { accountId, tin = actingFor?.Value ?? "", accepted = (int)MandateState.Accepted, at = at.ToUnixTimeSeconds(), limit },
            cancellationToken);

    internal static Refusal Unknown { get; } = new("mandate_unknown", "There is no such mandate.");

    private static string Holds(string link) => $"{link}.state = @accepted AND {link}.valid_from <= @at AND {link}.valid_until > @at";

    private Task<IReadOnlyList<MandateChain>> PageAsync(string column, string of, string? before, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            $"WHERE leaf.id IN (SELECT id FROM mandates WHERE {column} = @of AND id < @before ORDER BY id DESC LIMIT @limit)",
            new { of, before = before ?? BeforeNothing, limit },
            cancellationToken);

    private Task<IReadOnlyList<MandateChain>> QueryAsync(string where, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<MandateChain>>(
            async connection => Group(await connection.QueryAsync<MandateRow>(
                new CommandDefinition(Chains + where + LastThenDown, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false)),
            cancellationToken);

    private static List<MandateChain> Group(IEnumerable<MandateRow> rows) =>
        [.. rows.GroupBy(row => row.Last).Select(chain => new MandateChain([.. chain.Select(row => row.ToMandate())]))];
}
