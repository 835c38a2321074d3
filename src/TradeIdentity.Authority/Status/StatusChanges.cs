using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Status;

/// <summary>
/// The changes that deltas carry. Append the audit entry of the act first: it takes the chain, so changes commit in the order of their
/// sequence, and a bundle that has seen one has seen all before it.
/// </summary>
internal static class StatusChanges
{
    internal static Task OfCredentialAsync(WriteTransaction tx, string id, StatusReference at, StatusValue status, string ground, string actor, DateTimeOffset now) =>
        InsertAsync(tx, id, null, at, status, ground, actor, now);

    internal static Task OfMandateAsync(WriteTransaction tx, string id, StatusReference at, StatusValue status, string ground, string actor, DateTimeOffset now) =>
        InsertAsync(tx, null, id, at, status, ground, actor, now);

    private static Task<int> InsertAsync(
        WriteTransaction tx, string? credentialId, string? mandateId, StatusReference at, StatusValue status, string ground, string actor, DateTimeOffset now) =>
        tx.ExecuteAsync(
            """
            INSERT INTO status_changes (sequence, credential_id, mandate_id, status_list, status_index, status, ground, actor, changed_at)
            VALUES ((SELECT COALESCE(MAX(sequence), 0) + 1 FROM status_changes), @credentialId, @mandateId, @List, @Index, @status, @ground, @actor, @changedAt)
            """,
            new { credentialId, mandateId, at.List, at.Index, status = (int)status, ground, actor, changedAt = now.ToUnixTimeSeconds() });
}
