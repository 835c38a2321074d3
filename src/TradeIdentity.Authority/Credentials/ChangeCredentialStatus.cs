using System.Text.Json;
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

        if (credential.Status == status)
        {
            return credential;
        }

        if (credential.Status == StatusValue.Revoked)
        {
            return new Refusal("credential_revoked", "A revoked credential stays revoked; issue a new one.");
        }

        var now = time.GetUtcNow();

        // The audit entry first: it takes the chain, so changes commit in the order of their sequence, and a bundle that has
        // seen one has seen all before it.
        await AuditTrail.AppendAsync(tx, now, new AuditRecord(actor, "credential-status-changed", $"credential:{id}", Details(credential, status, ground))).ConfigureAwait(false);
        await tx.ExecuteAsync("UPDATE credentials SET status = @status WHERE id = @id", new { status = (int)status, id = id.ToString() }).ConfigureAwait(false);
        await tx.ExecuteAsync(
            """
            INSERT INTO status_changes (sequence, credential_id, status_list, status_index, status, ground, actor, changed_at)
            VALUES ((SELECT COALESCE(MAX(sequence), 0) + 1 FROM status_changes), @id, @list, @index, @status, @ground, @actor, @changedAt)
            """,
            new
            {
                id = id.ToString(),
                list = credential.StatusReference.List,
                index = credential.StatusReference.Index,
                status = (int)status,
                ground,
                actor,
                changedAt = now.ToUnixTimeSeconds(),
            }).ConfigureAwait(false);
        return credential with { Status = status };
    }

    private static string Details(IssuedCredential credential, StatusValue status, string ground) =>
        JsonSerializer.Serialize(
            new StatusChangeDetails(credential.Tin, Name(credential.Status), Name(status), ground), CredentialAuditJson.Default.StatusChangeDetails);

    private static string Name(StatusValue status) => status switch
    {
        StatusValue.Valid => "valid",
        StatusValue.Suspended => "suspended",
        _ => "revoked",
    };
}
