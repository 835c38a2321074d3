using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>Which clients were given tokens in which session, so that they hear of its end.</summary>
public sealed class SessionClients(Database database, TimeProvider time)
{
    public async Task AddAsync(string sid, string clientId, string subject, CancellationToken cancellationToken)
    {
        // Mostly it is there already, and a read holds nobody up.
        if ((await ListAsync(sid, cancellationToken)).Contains(clientId))
        {
            return;
        }

        await database.WriteAsync(
            tx => tx.ExecuteAsync(
                """
                INSERT INTO session_clients (sid, client_id, subject, added_at) VALUES (@sid, @clientId, @subject, @now)
                ON CONFLICT (sid, client_id) DO NOTHING
                """,
                new { sid, clientId, subject, now = time.GetUtcNow().ToUnixTimeSeconds() }),
            cancellationToken);
    }

    public Task<IReadOnlyList<string>> ListAsync(string sid, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection => (await connection.QueryAsync<string>(new CommandDefinition(
                "SELECT client_id FROM session_clients WHERE sid = @sid ORDER BY client_id", new { sid }, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList(),
            cancellationToken);

    /// <summary>Puts a message for each client of the sessions into the outbox. Call it in the act that ends them.</summary>
    public async Task EndAsync(WriteTransaction tx, IReadOnlyCollection<string> sids)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var sid in sids)
        {
            var clients = await tx.QueryAsync<ClientRow>(
                "SELECT client_id AS ClientId, subject AS Subject FROM session_clients WHERE sid = @sid", new { sid });
            await RowBatch.ExecuteAsync(
                tx,
                """
                INSERT INTO logout_outbox (id, sid, client_id, subject, next_attempt_at, created_at)
                VALUES (@Id, @Sid, @ClientId, @Subject, @Now, @Now)
                """,
                clients.Select(client => new { Id = EntityId.New(time), Sid = sid, client.ClientId, client.Subject, Now = now }));
            await tx.ExecuteAsync("DELETE FROM session_clients WHERE sid = @sid", new { sid });
        }
    }

    private sealed class ClientRow
    {
        public required string ClientId { get; init; }

        public required string Subject { get; init; }
    }
}
