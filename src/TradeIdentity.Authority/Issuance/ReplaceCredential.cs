using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Issuance;

/// <summary>
/// The holder has one of its credentials replaced: another of the same kind is issued, of what the register says now, and the old one
/// is revoked, in one transaction.
/// </summary>
public sealed class ReplaceCredential(IssueBatch batch, CredentialStore store, Memberships memberships, TimeProvider time)
{
    /// <param name="id">The one to replace.</param>
    /// <param name="tin">The entity that the person acts for; of another's credential it is told what a stranger is.</param>
    /// <param name="accountId">An administrator of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The new one.</returns>
    public async Task<Outcome<IssuedCredential>> ExecuteAsync(CredentialId id, Tin tin, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tin);
        if ((await memberships.FindAsync(accountId, tin, cancellationToken).ConfigureAwait(false))?.Rights.May(MemberPowers.Credentials) != true)
        {
            return HolderTerms.NotHolder;
        }

        if (await store.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } old || old.Tin != tin.Value)
        {
            return HolderTerms.Unknown;
        }

        if (Refuse(old, time.GetUtcNow()) is { } refusal)
        {
            return refusal;
        }

        var outcomes = await batch.ExecuteAsync(
            [new CredentialRequest(tin, old.Type, old.Mandate)], accountId, (tx, credential, now) => SettleAsync(tx, credential, old.Id, accountId, now), cancellationToken).ConfigureAwait(false);
        return outcomes[0];
    }

    private static async Task<Refusal?> SettleAsync(WriteTransaction tx, IssuedCredential next, CredentialId oldId, string accountId, DateTimeOffset now)
    {
        var old = await CredentialStore.FindAsync(tx, oldId).ConfigureAwait(false) ?? throw new InvalidOperationException("No credential leaves the ledger.");
        if ((Refuse(old, now) ?? await HolderTerms.RefuseAsync(tx, next, old.Id, accountId, now).ConfigureAwait(false)) is { } refusal)
        {
            return refusal;
        }

        await RecordStatusChanges.ExecuteAsync(
            tx, [LedgerCredential.Of(old)], StatusValue.Revoked, $"Replaced by {next.Id} at the holder's wish", accountId, now, CredentialEnd.Replaced, next.Id).ConfigureAwait(false);
        return null;
    }

    // What is suspended is not made good by another in its place.
    private static Refusal? Refuse(IssuedCredential old, DateTimeOffset now) => old.StateAt(now) switch
    {
        CredentialState.Revoked => new Refusal("credential_revoked", "A revoked credential stays revoked; obtain a new one."),
        CredentialState.Suspended => new Refusal("credential_suspended", "A suspended credential is not replaced."),
        CredentialState.Expired => new Refusal("credential_expired", "Its time has passed, and nothing is left to replace; obtain a new one."),
        _ when old.Type == CredentialTypes.Mandate && old.Mandate is null =>
            new Refusal("mandate_missing", "Of which mandate it is was not recorded: obtain a new one, and report this one lost."),
        _ => null,
    };
}
