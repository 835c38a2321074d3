using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Credentials;

/// <summary>
/// Suspends, reinstates or revokes a credential: its status bit, the change that a delta will carry, and the audit entry,
/// in one transaction. A revocation is for good.
/// </summary>
public sealed class ChangeCredentialStatus(Database database, TimeProvider time)
{
    public const int MaxGroundLength = 500;

    /// <param name="id">The credential.</param>
    /// <param name="status">Valid (lifts a suspension), suspended or revoked.</param>
    /// <param name="ground">The legal ground, in the officer's words.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Ends the wait; an act that has begun is finished.</param>
    /// <returns>The credential as it now stands; asking for the status that it has changes nothing.</returns>
    public async Task<Outcome<IssuedCredential>> ExecuteAsync(
        CredentialId id, StatusValue status, string ground, string actor, CancellationToken cancellationToken)
    {
        ground = ground.Trim();
        if (ground.Length is 0 or > MaxGroundLength || !PrintableText.IsPrintable(ground))
        {
            return new Refusal("ground_invalid", $"A ground of 1 to {MaxGroundLength} printable characters on one line is required.");
        }

        return await database.WriteAsync(tx => ChangeAsync(tx, id, status, ground, actor), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome<IssuedCredential>> ChangeAsync(WriteTransaction tx, CredentialId id, StatusValue status, string ground, string actor)
    {
        var credential = await CredentialStore.FindAsync(tx, id).ConfigureAwait(false);
        if (credential is null)
        {
            return new Refusal("credential_unknown", "There is no credential with this id.");
        }

        if (credential.Status == StatusValue.Revoked)
        {
            return status == StatusValue.Revoked ? credential : new Refusal("credential_revoked", "A revoked credential stays revoked; issue a new one.");
        }

        if (credential.Status == StatusValue.Valid && status == StatusValue.Valid)
        {
            return credential;
        }

        var holds = await CredentialHolds.OfAsync(tx, id.ToString()).ConfigureAwait(false);
        var others = holds.Where(cause => cause != CredentialHolds.Officer).ToList();
        if (status == StatusValue.Valid && others.Count > 0)
        {
            return new Refusal("credential_held", $"It is suspended while {string.Join(" and ", others)} is; the end of that restores it.");
        }

        if (status == StatusValue.Suspended && holds.Contains(CredentialHolds.Officer))
        {
            return credential;
        }

        await SettleAsync(tx, credential, status, ground, actor).ConfigureAwait(false);
        return credential with { Status = status, EndedAs = status == StatusValue.Revoked ? CredentialEnd.ByAuthority : null };
    }

    private async Task SettleAsync(WriteTransaction tx, IssuedCredential credential, StatusValue status, string ground, string actor)
    {
        var (id, now) = (credential.Id.ToString(), time.GetUtcNow());
        var held = LedgerCredential.Of(credential);
        if (credential.Status == status)
        {
            // Suspended already, with an AEO component: that an officer holds it too is an act of its own.
            await AuditTrail.AppendAsync(tx, now, RecordStatusChanges.Audit(held, status, ground, actor)).ConfigureAwait(false);
        }
        else
        {
            await RecordStatusChanges.ExecuteAsync(tx, [held], status, ground, actor, now, status == StatusValue.Revoked ? CredentialEnd.ByAuthority : null).ConfigureAwait(false);
        }

        await CredentialNotices.GiveAsync(tx, credential, KindOf(status), ground, now).ConfigureAwait(false);
        switch (status)
        {
            case StatusValue.Suspended:
                await CredentialHolds.LayAsync(tx, [id], CredentialHolds.Officer, null, now).ConfigureAwait(false);
                break;
            case StatusValue.Valid:
                await CredentialHolds.EndAsync(tx, id, CredentialHolds.Officer).ConfigureAwait(false);
                break;
            default:
                await CredentialHolds.ForgetAsync(tx, [id]).ConfigureAwait(false);
                break;
        }
    }

    private static string KindOf(StatusValue status) => status switch
    {
        StatusValue.Suspended => "credential-suspended",
        StatusValue.Valid => "credential-reinstated",
        _ => "credential-revoked",
    };
}
