using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>Reads registrations of legal entities.</summary>
public sealed class EntityRegistrations(Database database)
{
    public const int MostOfAccount = 50;

    internal static Refusal Unknown { get; } = new("registration_unknown", "There is no such registration.");

    /// <summary>The newest of a person first, at most <see cref="MostOfAccount"/>.</summary>
    public Task<IReadOnlyList<EntityRegistration>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        QueryAsync("WHERE account_id = @accountId ORDER BY id DESC LIMIT @MostOfAccount", new { accountId, MostOfAccount }, cancellationToken);

    public async Task<EntityRegistration?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await QueryAsync("WHERE id = @id", new { id }, cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>Those that wait for an officer or for the person, the oldest first.</summary>
    /// <param name="after">The last id of the page before; null: the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<IReadOnlyList<EntityRegistration>> WorkListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        QueryAsync("WHERE state IN ('submitted', 'asked') AND id > @after ORDER BY id LIMIT @limit", new { after = after ?? "", limit }, cancellationToken);

    /// <summary>People who ask to be let into an entity, the oldest first.</summary>
    public Task<IReadOnlyList<EntityRegistration>> JoiningAsync(Tin tin, CancellationToken cancellationToken) =>
        QueryAsync("WHERE joins = @tin AND state IN ('submitted', 'asked') ORDER BY id LIMIT @MostOfAccount", new { tin = tin.Value, MostOfAccount }, cancellationToken);

    internal static async Task<EntityRegistration?> FindAsync(WriteTransaction tx, string id) =>
        (await tx.QuerySingleOrDefaultAsync<RegistrationRow>(RegistrationRow.Select + "WHERE id = @id", new { id }).ConfigureAwait(false))?.ToRegistration();

    private Task<IReadOnlyList<EntityRegistration>> QueryAsync(string where, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<EntityRegistration>>(
            async connection =>
            [
                .. (await connection.QueryAsync<RegistrationRow>(new CommandDefinition(RegistrationRow.Select + where, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false))
                    .Select(row => row.ToRegistration()),
            ],
            cancellationToken);
}
