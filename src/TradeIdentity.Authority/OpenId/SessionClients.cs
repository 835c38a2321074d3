using Dapper;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>Which clients were given tokens in which session, so that they hear of its end.</summary>
public sealed class SessionClients(Database database, TimeProvider time) : IFollowSessionEnds
{
    // Longer than any session: a row that nobody ended is of a session that was left.
    private static readonly TimeSpan KeptAtMost = 2 * SessionLifetime.Longest;

    public async Task AddAsync(string sid, string clientId, CancellationToken cancellationToken)
    {
        // Mostly it is there already, and a read holds nobody up.
        if ((await ListAsync(sid, cancellationToken)).Contains(clientId))
        {
            return;
        }

        await database.WriteAsync(
            tx => tx.ExecuteAsync(
                "INSERT INTO session_clients (sid, client_id, added_at) VALUES (@sid, @clientId, @now) ON CONFLICT (sid, client_id) DO NOTHING",
                new { sid, clientId, now = time.GetUtcNow().ToUnixTimeSeconds() }),
            cancellationToken);
    }

    public Task<IReadOnlyList<string>> ListAsync(string sid, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection => (await connection.QueryAsync<string>(new CommandDefinition(
                "SELECT client_id FROM session_clients WHERE sid = @sid ORDER BY client_id", new { sid }, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList(),
            cancellationToken);

    /// <summary>Puts a message for each client of the sessions into the outbox.</summary>
    public async Task OnEndedAsync(WriteTransaction tx, string accountId, IReadOnlyList<string> sids)
    {
        ArgumentNullException.ThrowIfNull(tx);
        foreach (var sid in sids)
        {
            var clients = await tx.QueryAsync<string>("DELETE FROM session_clients WHERE sid = @sid RETURNING client_id", new { sid });
            await RowBatch.ExecuteAsync(
                tx,
                "INSERT INTO logout_outbox (id, sid, client_id, account_id, next_attempt_at) VALUES (@Id, @Sid, @ClientId, @AccountId, @Now)",
                clients.Select(client => new { Id = EntityId.New(time), Sid = sid, ClientId = client, AccountId = accountId, Now = time.GetUtcNow().ToUnixTimeSeconds() }));
        }
    }

    internal Task<long> PruneAsync(CancellationToken cancellationToken) =>
        PruneInBatches.ExecuteAsync(
            database,
            """
            DELETE FROM session_clients WHERE (sid, client_id) IN (
                SELECT sid, client_id FROM session_clients WHERE added_at < @AddedBefore ORDER BY added_at LIMIT @BatchSize)
            """,
            new { AddedBefore = (time.GetUtcNow() - KeptAtMost).ToUnixTimeSeconds(), PruneInBatches.BatchSize },
            cancellationToken);
}
