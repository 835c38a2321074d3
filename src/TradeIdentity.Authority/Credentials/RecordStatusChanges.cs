using System.Text.Json;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Credentials;

/// <summary>Writes that credentials have another status now: the audit entries, the status bits, and the changes that a delta will carry.</summary>
internal static class RecordStatusChanges
{
    public static async Task ExecuteAsync(
        WriteTransaction tx,
        IReadOnlyList<LedgerCredential> credentials,
        StatusValue status,
        string ground,
        string actor,
        DateTimeOffset now,
        CredentialEnd? end = null,
        CredentialId? replacedBy = null)
    {
        if (credentials.Count == 0)
        {
            return;
        }

        // The audit entries first: they take the chain, so changes commit in the order of their sequence, and a bundle that has
        // seen one has seen all before it.
        await AuditTrail.AppendAsync(tx, now, [.. credentials.Select(credential => Audit(credential, status, ground, actor))]).ConfigureAwait(false);
        var rows = credentials.Select(credential => new ChangeRow
        {
            Id = credential.Id,
            StatusList = credential.StatusList,
            StatusIndex = credential.StatusIndex,
            Status = (long)status,
            Ground = ground,
            Actor = actor,
            ChangedAt = now.ToUnixTimeSeconds(),
            EndedAs = (long?)end,
            ReplacedBy = replacedBy?.ToString(),
        }).ToList();
        await RowBatch.ExecuteAsync(tx, "UPDATE credentials SET status = @Status, ended_as = @EndedAs, replaced_by = @ReplacedBy WHERE id = @Id", rows).ConfigureAwait(false);
        await RowBatch.ExecuteAsync(
            tx,
            """
            INSERT INTO status_changes (sequence, credential_id, status_list, status_index, status, ground, actor, changed_at)
            VALUES ((SELECT COALESCE(MAX(sequence), 0) + 1 FROM status_changes), @Id, @StatusList, @StatusIndex, @Status, @Ground, @Actor, @ChangedAt)
            """,
            rows).ConfigureAwait(false);
    }

    public static AuditRecord Audit(LedgerCredential credential, StatusValue status, string ground, string actor) =>
        new(actor, "credential-status-changed", $"credential:{credential.Id}", Details(credential.Tin, credential.Status, status, ground));

    private static string Details(string tin, StatusValue from, StatusValue to, string ground) =>
        JsonSerializer.Serialize(new StatusChangeDetails(tin, Name(from), Name(to), ground), CredentialAuditJson.Default.StatusChangeDetails);

    private static string Name(StatusValue status) => status switch
    {
        StatusValue.Valid => "valid",
        StatusValue.Suspended => "suspended",
        _ => "revoked",
    };

    private sealed record ChangeRow
    {
        public required string Id { get; init; }

        public required long StatusList { get; init; }

        public required long StatusIndex { get; init; }

        public required long Status { get; init; }

        public required string Ground { get; init; }

        public required string Actor { get; init; }

        public required long ChangedAt { get; init; }

        public required long? EndedAs { get; init; }

        public required string? ReplacedBy { get; init; }
    }
}
