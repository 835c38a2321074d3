using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Credentials;

/// <summary>
/// Whoever acts for the holder, in either role, reports one of its credentials lost: it is revoked at once, for good. Whoever carried it
/// need not wait for an administrator.
/// </summary>
public sealed class ReportCredentialLost(Database database, TimeProvider time)
{
    /// <param name="id">The credential.</param>
    /// <param name="tin">The entity that the person acts for; of another's credential it is told what a stranger is.</param>
    /// <param name="ground">What happened, on one line.</param>
    /// <param name="accountId">Who reports it.</param>
    /// <param name="cancellationToken">Ends the wait; an act that has begun is finished.</param>
    /// <returns>The credential as it now stands.</returns>
    public async Task<Outcome<IssuedCredential>> ExecuteAsync(CredentialId id, Tin tin, string ground, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tin);
        ArgumentNullException.ThrowIfNull(ground);
        return PrintableText.Normalise(ground, ChangeCredentialStatus.MaxGroundLength) is { } words
            ? await database.WriteAsync(tx => ReportAsync(tx, id, tin, words, accountId), cancellationToken).ConfigureAwait(false)
            : new Refusal("ground_invalid", $"A ground of 1 to {ChangeCredentialStatus.MaxGroundLength} printable characters on one line is required.");
    }

    private async Task<Outcome<IssuedCredential>> ReportAsync(WriteTransaction tx, CredentialId id, Tin tin, string ground, string accountId)
    {
        if (await Memberships.RolesAsync(tx, accountId, tin, time.GetUtcNow()).ConfigureAwait(false) is null)
        {
            return HolderTerms.NotHolder;
        }

        if (await CredentialStore.FindAsync(tx, id).ConfigureAwait(false) is not { } credential || credential.Tin != tin.Value)
        {
            return HolderTerms.Unknown;
        }

        var now = time.GetUtcNow();
        if (credential.StateAt(now) is CredentialState.Revoked or CredentialState.Expired)
        {
            return new Refusal("credential_ended", "It has ended already: a verifier refuses it.");
        }

        // What an officer holds of it stays recorded: a loss is no way out of a suspension.
        await RecordStatusChanges.ExecuteAsync(
            tx, [LedgerCredential.Of(credential)], StatusValue.Revoked, $"Reported lost by its holder: {ground}", accountId, now, CredentialEnd.ReportedLost).ConfigureAwait(false);
        await CredentialNotices.GiveAsync(tx, credential, "credential-lost", ground, now).ConfigureAwait(false);
        return credential with { Status = StatusValue.Revoked, EndedAs = CredentialEnd.ReportedLost };
    }
}
