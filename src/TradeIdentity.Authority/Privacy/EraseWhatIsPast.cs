using Dapper;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Privacy;

/// <summary>
/// Erases people whose time is past: who closed their account, who never confirmed it, who has not signed in for years; and addresses in
/// invitations that are settled. Who is an officer, acts for an operator or holds a mandate stays.
/// </summary>
public sealed class EraseWhatIsPast(Database database, TimeProvider time, SessionEnd sessionEnd, RetentionOptions retention)
{
    private const string Closed = "a.closed_at <= @Before";
    private const string Unconfirmed = "a.email_confirmed = 0 AND a.created_at <= @Before";

    // Sessions are kept for less time than this; the trail has every sign-in.
    private const string Unused =
        $"""
        a.created_at <= @Before
            AND NOT EXISTS (SELECT 1 FROM account_sessions s WHERE s.account_id = a.id AND s.last_seen_at > @Before)
            AND NOT EXISTS (
                SELECT 1 FROM audit_entries e
                WHERE e.subject = 'account:' || a.id AND e.at > @Before AND e.act IN ('{SecurityEvents.SignedIn}', '{SecurityEvents.SignedInAgain}', '{SecurityEvents.AccountEnabled}'))
        """;

    private readonly ErasePerson _erase = new(sessionEnd);

    /// <returns>How many people were erased.</returns>
    public async Task<long> ExecuteAsync(CancellationToken cancellationToken)
    {
        var erased = await AllAsync("closed", Closed, retention.ClosedAccountDays, cancellationToken).ConfigureAwait(false)
            + await AllAsync("unconfirmed", Unconfirmed, retention.UnconfirmedAccountDays, cancellationToken).ConfigureAwait(false)
            + await AllAsync("unused", Unused, retention.UnusedAccountDays, cancellationToken).ConfigureAwait(false);
        var invitations = await PruneInBatches.ExecuteAsync(
            database,
            """
            UPDATE invitations SET email = '' WHERE id IN (
                SELECT id FROM invitations WHERE email <> '' AND (settled_at <= @Before OR (state = 'open' AND expires_at <= @Before)) LIMIT @BatchSize)
            """,
            new { Before = Before(retention.SettledInvitationDays), PruneInBatches.BatchSize },
            cancellationToken).ConfigureAwait(false);
        if (erased + invitations > 0)
        {
            await database.ForgetErasedAsync(cancellationToken).ConfigureAwait(false);
        }

        return erased;
    }

    private async Task<long> AllAsync(string reason, string which, int days, CancellationToken cancellationToken)
    {
        var (erased, after, batch) = (0L, "", new List<string>());
        do
        {
            batch = (await database.ReadAsync(
                connection => connection.QueryAsync<string>(new CommandDefinition(
                    $"SELECT a.id FROM accounts a WHERE {ErasurePolicy.Erasable} AND {which} AND a.id > @after ORDER BY a.id LIMIT @BatchSize",
                    new { Before = Before(days), Now = time.GetUtcNow().ToUnixTimeSeconds(), after, PruneInBatches.BatchSize },
                    cancellationToken: cancellationToken)),
                cancellationToken).ConfigureAwait(false)).AsList();
            foreach (var id in batch)
            {
                // Each by itself: what keeps one is no matter of another.
                erased += await database.WriteAsync(tx => StillAsync(tx, id, reason, which, days), cancellationToken).ConfigureAwait(false) ? 1 : 0;
                after = id;
            }
        }
        while (batch.Count == PruneInBatches.BatchSize);

        return erased;
    }

    // Signed in, or opened again, since it was looked up?
    private async Task<bool> StillAsync(WriteTransaction tx, string id, string reason, string which, int days) =>
        await tx.ScalarAsync<string>($"SELECT a.id FROM accounts a WHERE a.id = @id AND {which}", new { id, Before = Before(days) }).ConfigureAwait(false) is not null
        && await _erase.ExecuteAsync(tx, id, reason, time.GetUtcNow()).ConfigureAwait(false);

    private long Before(int days) => time.GetUtcNow().AddDays(-days).ToUnixTimeSeconds();
}
