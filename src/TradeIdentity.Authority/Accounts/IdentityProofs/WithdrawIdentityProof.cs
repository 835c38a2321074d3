using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.IdentityProofs;

/// <summary>Ends the proof of a person's identity: nothing about them is confirmed any more.</summary>
public sealed class WithdrawIdentityProof(Database database, TimeProvider time)
{
    private const string Withdrawn = "withdrawn";
    private const string NameChanged = "name-changed";

    /// <returns>Refused with <c>identity_proof_unknown</c> where there is none.</returns>
    public Task<Outcome<string>> ExecuteAsync(string accountId, string actor, CancellationToken cancellationToken) => database.WriteAsync<Outcome<string>>(async tx =>
    {
        if (await EndAsync(tx, accountId, actor, Withdrawn) is not { } ended)
        {
            return new Refusal("identity_proof_unknown", "There is no proof of the identity of such an account.");
        }

        await AuditTrail.AppendAsync(tx, time.GetUtcNow(), ended);
        return accountId;
    }, cancellationToken);

    /// <summary>What was proven of another name is not proven of this one. The entry for the trail; null where nothing was proven.</summary>
    internal static Task<AuditRecord?> EndOfChangedNameAsync(WriteTransaction tx, string accountId, string actor) => EndAsync(tx, accountId, actor, NameChanged);

    private static async Task<AuditRecord?> EndAsync(WriteTransaction tx, string accountId, string actor, string reason) =>
        await tx.ExecuteAsync("DELETE FROM identity_proofs WHERE account_id = @AccountId", new { AccountId = accountId }) == 0
            ? null
            : AccountEvent.Of(SecurityEvents.IdentityProofEnded, accountId, actor, new AccountEvent { Reason = reason });
}
