using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Credentials.Uses;

/// <summary>An operator asks to be told when one of its credentials is judged by this server, or no longer. Unasked nothing is told, and nothing of a use is kept.</summary>
public sealed class UseNotices(Database database, TimeProvider time)
{
    private static Refusal NotYours { get; } = new("credential_holder_required", "This is an act of a member who acts for the operator and has the power over its credentials.");

    /// <summary>Since when the operator asks for it; null: it does not.</summary>
    public async Task<DateTimeOffset?> FindAsync(Tin tin, CancellationToken cancellationToken) => await database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "SELECT asked_at FROM credential_watches WHERE tin = @tin", new { tin = tin.Value }, cancellationToken: cancellationToken)),
        cancellationToken).ConfigureAwait(false) is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null;

    /// <summary>To ask again changes nothing.</summary>
    public Task<Outcome<bool>> AskAsync(Tin tin, string accountId, CancellationToken cancellationToken) => ChangeAsync(
        tin,
        accountId,
        "credential-use-notices-asked",
        "INSERT INTO credential_watches (tin, asked_by, asked_at) VALUES (@tin, @accountId, @now) ON CONFLICT (tin) DO NOTHING",
        cancellationToken);

    /// <summary>To end what is not asked for changes nothing.</summary>
    public Task<Outcome<bool>> EndAsync(Tin tin, string accountId, CancellationToken cancellationToken) =>
        ChangeAsync(tin, accountId, "credential-use-notices-ended", "DELETE FROM credential_watches WHERE tin = @tin", cancellationToken);

    private Task<Outcome<bool>> ChangeAsync(Tin tin, string accountId, string act, string sql, CancellationToken cancellationToken) => database.WriteAsync<Outcome<bool>>(
        async tx =>
        {
            var now = time.GetUtcNow();
            await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
            if ((await Memberships.RightsAsync(tx, accountId, tin, now).ConfigureAwait(false))?.May(MemberPowers.Credentials) != true)
            {
                return NotYours;
            }

            var changed = await tx.ExecuteAsync(sql, new { tin = tin.Value, accountId, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false) > 0;
            if (changed)
            {
                await AuditTrail.AppendAsync(tx, now, new AuditRecord(accountId, act, $"operator:{tin}", "{}")).ConfigureAwait(false);
            }

            return changed;
        },
        cancellationToken);
}
