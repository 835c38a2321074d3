using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

/// <summary>
/// Answers for whom a person may act, and who may act for an operator. Memberships that have ended, by an act or by their last day, are
/// history and not among them; nor are those that have not begun, but for who looks at all of an operator.
/// </summary>
public sealed class Memberships(Database database, TimeProvider time)
{
    private const string Select =
        """
        SELECT m.id AS Id, m.account_id AS AccountId, m.tin AS Tin, o.legal_name AS LegalName, m.roles AS Roles, m.powers AS Powers,
            m.is_joint AS IsJoint, m.since AS Since, m.ends_at AS EndsAt, m.until AS Until
        FROM memberships m JOIN operators o ON o.tin = m.tin

        """;

    /// <summary>Of a row <c>m</c>, at <c>@Now</c>: it has not ended, by an act or by its last day.</summary>
    internal const string NotEnded = "m.until IS NULL AND (m.ends_at IS NULL OR m.ends_at > @Now)";

    /// <summary>Of a row <c>m</c>, at <c>@Now</c>: the person acts for the operator.</summary>
    internal const string InForce = $"{NotEnded} AND m.since <= @Now";

    public Task<IReadOnlyList<Membership>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        QueryAsync(Select + $"WHERE m.account_id = @AccountId AND {InForce} ORDER BY o.legal_name, m.tin", new { AccountId = accountId, Now }, cancellationToken);

    /// <summary>Those that have not begun too.</summary>
    public Task<IReadOnlyList<Membership>> OfOperatorAsync(Tin tin, CancellationToken cancellationToken) => QueryAsync(
        Select + $"WHERE m.tin = @Tin AND {NotEnded} ORDER BY m.since, m.id", new { Tin = tin.Value, Now }, cancellationToken);

    /// <summary>Null where the person may not act for the operator.</summary>
    public async Task<Membership?> FindAsync(string accountId, Tin tin, CancellationToken cancellationToken) =>
        (await QueryAsync(
            Select + $"WHERE m.account_id = @AccountId AND m.tin = @Tin AND {InForce}", new { AccountId = accountId, Tin = tin.Value, Now }, cancellationToken)).SingleOrDefault();

    /// <summary>Inside an act, which asks again: the roles in which a person who may sign in acts for the operator now; null where they do not.</summary>
    internal static async Task<IReadOnlyCollection<string>?> RolesAsync(WriteTransaction tx, string accountId, Tin tin, DateTimeOffset now) =>
        (await RightsAsync(tx, accountId, tin, now).ConfigureAwait(false))?.Roles;

    /// <summary>The same with all that they may do.</summary>
    internal static async Task<MemberRights?> RightsAsync(WriteTransaction tx, string accountId, Tin tin, DateTimeOffset now) =>
        (await tx.QuerySingleOrDefaultAsync<Row>(
            Select + $"JOIN accounts a ON a.id = m.account_id WHERE m.account_id = @accountId AND m.tin = @tin AND a.disabled_at IS NULL AND {InForce}",
            new { accountId, tin = tin.Value, Now = now.ToUnixTimeSeconds() }).ConfigureAwait(false))?.ToMembership().Rights;

    /// <summary>Inside an act: the open membership of a person, in force or not yet; null: there is none.</summary>
    internal static async Task<Membership?> OpenAsync(WriteTransaction tx, string accountId, Tin tin, DateTimeOffset now) =>
        (await tx.QuerySingleOrDefaultAsync<Row>(
            Select + $"WHERE m.account_id = @accountId AND m.tin = @tin AND {NotEnded}",
            new { accountId, tin = tin.Value, Now = now.ToUnixTimeSeconds() }).ConfigureAwait(false))?.ToMembership();

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    private Task<IReadOnlyList<Membership>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Membership>>(
        async connection => [.. (await connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).Select(row => row.ToMembership())],
        cancellationToken);

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string AccountId { get; init; }

        public required string Tin { get; init; }

        public required string LegalName { get; init; }

        public required string Roles { get; init; }

        public required string Powers { get; init; }

        public long IsJoint { get; init; }

        public long Since { get; init; }

        public long? EndsAt { get; init; }

        public long? Until { get; init; }

        public Membership ToMembership() => new(
            Id,
            AccountId,
            Operators.Identifiers.Tin.Parse(Tin),
            LegalName,
            new MemberRights([.. Roles.Split(' ')], [.. Powers.Split(' ', StringSplitOptions.RemoveEmptyEntries)], IsJoint == 1, Time(EndsAt)),
            DateTimeOffset.FromUnixTimeSeconds(Since),
            Time(Until));

        private static DateTimeOffset? Time(long? seconds) => seconds is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null;
    }
}
