using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

/// <summary>Answers for whom a person may act, and who may act for an operator. Ended memberships are history, and not among them.</summary>
public sealed class Memberships(Database database)
{
    private const string Select =
        """
        SELECT m.id AS Id, m.account_id AS AccountId, m.tin AS Tin, o.legal_name AS LegalName, m.roles AS Roles, m.since AS Since, m.until AS Until
        FROM memberships m JOIN operators o ON o.tin = m.tin

        """;

    public Task<IReadOnlyList<Membership>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        QueryAsync(Select + "WHERE m.account_id = @AccountId AND m.until IS NULL ORDER BY o.legal_name, m.tin", new { AccountId = accountId }, cancellationToken);

    public Task<IReadOnlyList<Membership>> OfOperatorAsync(Tin tin, CancellationToken cancellationToken) =>
        QueryAsync(Select + "WHERE m.tin = @Tin AND m.until IS NULL ORDER BY m.since, m.id", new { Tin = tin.Value }, cancellationToken);

    /// <summary>Null where the person may not act for the operator.</summary>
    public async Task<Membership?> FindAsync(string accountId, Tin tin, CancellationToken cancellationToken) =>
        (await QueryAsync(
            Select + "WHERE m.account_id = @AccountId AND m.tin = @Tin AND m.until IS NULL", new { AccountId = accountId, Tin = tin.Value }, cancellationToken)).SingleOrDefault();

    /// <summary>Inside an act, which asks again: the roles in which a person who may sign in acts for the operator now; null where they do not.</summary>
    internal static async Task<IReadOnlyCollection<string>?> RolesAsync(WriteTransaction tx, string accountId, Tin tin) =>
        (await tx.ScalarAsync<string>(
            """
            SELECT m.roles FROM memberships m JOIN accounts a ON a.id = m.account_id
            WHERE m.account_id = @accountId AND m.tin = @tin AND m.until IS NULL AND a.disabled_at IS NULL
            """,
            new { accountId, tin = tin.Value }).ConfigureAwait(false))?.Split(' ');

    private Task<IReadOnlyList<Membership>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Membership>>(
        async connection => [.. (await connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).Select(row => row.ToMembership())],
        cancellationToken);

    private sealed record Row(string Id, string AccountId, string Tin, string LegalName, string Roles, long Since, long? Until)
    {
        public Membership ToMembership() => new(
            Id,
            AccountId,
            Operators.Identifiers.Tin.Parse(Tin),
            LegalName,
            [.. Roles.Split(' ')],
            DateTimeOffset.FromUnixTimeSeconds(Since),
            Until is { } until ? DateTimeOffset.FromUnixTimeSeconds(until) : null);
    }
}
