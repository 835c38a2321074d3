using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Changes;

/// <summary>Reads changes that operators declared.</summary>
public sealed class EntityChanges(Database database)
{
    public const int MostShown = 50;

    private const string Select =
        """
        SELECT id AS Id, tin AS Tin, declared AS Declared, earlier AS Earlier, version AS Version, grounds AS Grounds, state AS State, declared_by AS DeclaredBy,
            declared_at AS DeclaredAt, evidence AS Evidence, reason AS Reason, settled_by AS SettledBy, settled_at AS SettledAt
        FROM entity_changes

        """;

    internal static Refusal Unknown { get; } = new("change_unknown", "There is no such change.");

    /// <summary>The newest of an operator in any state, at most <see cref="MostShown"/>.</summary>
    public Task<IReadOnlyList<EntityChange>> OfOperatorAsync(Tin tin, CancellationToken cancellationToken) =>
        QueryAsync("WHERE tin = @tin ORDER BY id DESC LIMIT @MostShown", new { tin = tin.Value, MostShown }, cancellationToken);

    /// <summary>Those that wait for an officer, the oldest first, after the last id of the page before.</summary>
    public Task<IReadOnlyList<EntityChange>> WorkListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        QueryAsync("WHERE state = 'open' AND id > @after ORDER BY id LIMIT @limit", new { after = after ?? "", limit }, cancellationToken);

    public async Task<EntityChange?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await QueryAsync("WHERE id = @id", new { id }, cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    internal static async Task<EntityChange?> FindAsync(WriteTransaction tx, string id) =>
        (await tx.QuerySingleOrDefaultAsync<Row>(Select + "WHERE id = @id", new { id }).ConfigureAwait(false))?.ToChange();

    private Task<IReadOnlyList<EntityChange>> QueryAsync(string where, object parameters, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<EntityChange>>(
        async connection =>
        [
            .. (await connection.QueryAsync<Row>(new CommandDefinition(Select + where, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false)).Select(row => row.ToChange()),
        ],
        cancellationToken);

    private sealed record Row(
        string Id, string Tin, string Declared, string Earlier, long Version, string Grounds, string State, string DeclaredBy, long DeclaredAt, string? Evidence,
        string? Reason, string? SettledBy, long? SettledAt)
    {
        public EntityChange ToChange() => new()
        {
            Id = Id,
            Tin = Operators.Identifiers.Tin.Parse(Tin),
            Declared = DeclaredEntity.Restore(Declared),
            Earlier = DeclaredEntity.Restore(Earlier),
            Version = (int)Version,
            Grounds = Grounds,
            State = State,
            DeclaredBy = DeclaredBy,
            DeclaredAt = DateTimeOffset.FromUnixTimeSeconds(DeclaredAt),
            Evidence = Evidence,
            Reason = Reason,
            SettledBy = SettledBy,
            SettledAt = SettledAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
        };
    }
}
