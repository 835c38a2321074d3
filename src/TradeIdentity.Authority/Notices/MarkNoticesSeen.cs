using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Notices;

/// <summary>A person has seen what they and the operator for which they act were told, up to a notice. What others of the operator have seen stays theirs.</summary>
public sealed class MarkNoticesSeen(Database database)
{
    private const int IdLength = 32;

    /// <param name="accountId">Who has seen them.</param>
    /// <param name="actingFor">The operator for which they act, if any.</param>
    /// <param name="until">Id of the newest one seen.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>Refused with <c>notice_unknown</c>: no notice of theirs.</returns>
    public Task<Outcome<bool>> ExecuteAsync(string accountId, Tin? actingFor, string until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(until);
        string[] holders = actingFor is null ? [NoticeHolder.Of(accountId)] : [NoticeHolder.Of(accountId), NoticeHolder.Of(actingFor)];
        return database.WriteAsync<Outcome<bool>>(async tx =>
        {
            if (until.Length != IdLength || await tx.ScalarAsync<string>(
                $"SELECT id FROM notices WHERE id = @until AND holder IN {TextSet.In(tx.Dialect, "@Holders")}", new { until, Holders = TextSet.Of(holders) }).ConfigureAwait(false) is null)
            {
                return new Refusal("notice_unknown", "There is no such notice.");
            }

            await tx.ExecuteAsync(
                """
                INSERT INTO notices_seen (account_id, holder, seen_until) VALUES (@Account, @Holder, @Until)
                ON CONFLICT (account_id, holder) DO UPDATE SET seen_until = excluded.seen_until WHERE notices_seen.seen_until < excluded.seen_until
                """,
                holders.Select(holder => new { Account = accountId, Holder = holder, Until = until })).ConfigureAwait(false);
            return true;
        }, cancellationToken);
    }
}
