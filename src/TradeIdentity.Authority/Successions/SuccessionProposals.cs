using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Successions;

/// <summary>Reads what was proposed to become of operators.</summary>
public sealed class SuccessionProposals(Database database)
{
    internal static Refusal Unknown { get; } = new("succession_unknown", "There is no succession with this id.");

    /// <summary>The newest first; a page goes on before the last id of the page before.</summary>
    /// <param name="onlyOpen">Those that wait for a second officer only.</param>
    /// <param name="before">The id of the last one of the page before; null: the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<IReadOnlyList<SuccessionProposal>> ListAsync(bool onlyOpen, string? before, int limit, CancellationToken cancellationToken) =>
        QueryAsync($"WHERE {(onlyOpen ? "state = 'open' AND " : "")}id < @before ORDER BY id DESC LIMIT @limit", new { before = before ?? "g", limit }, cancellationToken);

    public async Task<Outcome<SuccessionProposal>> FindAsync(string id, CancellationToken cancellationToken) =>
        (await QueryAsync("WHERE id = @id", new { id }, cancellationToken).ConfigureAwait(false)).SingleOrDefault() is { } found ? found : Unknown;

    internal static async Task<SuccessionProposal?> FindAsync(WriteTransaction tx, string id) =>
        (await tx.QuerySingleOrDefaultAsync<SuccessionRow>(SuccessionRow.Select + "WHERE id = @id", new { id }).ConfigureAwait(false))?.ToProposal();

    internal static async Task<List<SuccessionProposal>> OpenAsync(WriteTransaction tx) =>
        (await tx.QueryAsync<SuccessionRow>(SuccessionRow.Select + "WHERE state = 'open'").ConfigureAwait(false)).ConvertAll(row => row.ToProposal());

    private Task<IReadOnlyList<SuccessionProposal>> QueryAsync(string where, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SuccessionProposal>>(
            async connection =>
            [
                .. (await connection.QueryAsync<SuccessionRow>(new CommandDefinition(SuccessionRow.Select + where, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false))
                    .Select(row => row.ToProposal()),
            ],
            cancellationToken);
}
