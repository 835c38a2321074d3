using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Credentials;

/// <summary>
/// A step of an AEO component brings the operator's AeoStatus credentials with it, in the transaction of the step. What states
/// a component as granted is suspended with it, also where another component stays granted: the credential says more than is
/// true, and a new one can be issued that says what is. Lifting restores what this suspension alone still holds. What ends a
/// component revokes all that name it.
/// </summary>
internal static class FollowAeoStep
{
    public static Task ExecuteAsync(WriteTransaction tx, AeoStep step, DateTimeOffset now) => (step.From, step.Component.Status) switch
    {
        (AeoStatus.Granted, AeoStatus.Suspended) => SuspendAsync(tx, step, now),
        (AeoStatus.Suspended, AeoStatus.Granted) => RestoreAsync(tx, step, now),
        (AeoStatus.Granted or AeoStatus.Suspended, var ended) when !AeoLifecycle.IsHeld(ended) => RevokeAsync(tx, step, now),
        _ => Task.CompletedTask,
    };

    /// <summary>Which credentials a step would change, and to what, as things are. Changes none.</summary>
    public static async Task<IReadOnlyList<(LedgerCredential Credential, StatusValue To)>> ForeseeAsync(WriteTransaction tx, Tin tin, AeoStatus? from, AeoComponent next, DateTimeOffset now) => (from, next.Status) switch
    {
        (AeoStatus.Granted, AeoStatus.Suspended) =>
            [.. (await StatingAsync(tx, tin, next, now).ConfigureAwait(false)).Where(credential => credential.Status == StatusValue.Valid).Select(credential => (credential, StatusValue.Suspended))],
        (AeoStatus.Suspended, AeoStatus.Granted) => [.. (await HeldByThisAloneAsync(tx, tin, next).ConfigureAwait(false)).Select(credential => (credential, StatusValue.Valid))],
        (AeoStatus.Granted or AeoStatus.Suspended, var ended) when !AeoLifecycle.IsHeld(ended) =>
            [.. (await NamingAsync(tx, tin, next, now).ConfigureAwait(false)).Select(credential => (credential, StatusValue.Revoked))],
        _ => [],
    };

    private static Task<List<LedgerCredential>> StatingAsync(WriteTransaction tx, Tin tin, AeoComponent component, DateTimeOffset now) =>
        AeoStatusCredentials.FindAsync(tx, tin, now, claims => claims.Names(component, AeoComponentStatus.Granted));

    private static Task<List<LedgerCredential>> NamingAsync(WriteTransaction tx, Tin tin, AeoComponent component, DateTimeOffset now) =>
        AeoStatusCredentials.FindAsync(tx, tin, now, claims => claims.Names(component));

    private static async Task<List<LedgerCredential>> HeldByThisAloneAsync(WriteTransaction tx, Tin tin, AeoComponent component) =>
        (await tx.QueryAsync<HeldRow>(
            """
            SELECT c.id AS Id, c.status_list AS StatusList, c.status_index AS StatusIndex
            FROM credentials c
            WHERE c.tin = @tin AND c.type = @type AND c.status = @suspended
                AND EXISTS (SELECT 1 FROM credential_holds h WHERE h.credential_id = c.id AND h.cause = @cause)
                AND NOT EXISTS (SELECT 1 FROM credential_holds h WHERE h.credential_id = c.id AND h.cause <> @cause)
            ORDER BY c.issued_at, c.id
            """,
            new { tin = tin.Value, cause = Cause(component), type = CredentialTypes.AeoStatus, suspended = (int)StatusValue.Suspended }).ConfigureAwait(false))
        .ConvertAll(row => new LedgerCredential(row.Id, tin.Value, row.StatusList, row.StatusIndex, StatusValue.Suspended));

    private static async Task SuspendAsync(WriteTransaction tx, AeoStep step, DateTimeOffset now)
    {
        var stating = await StatingAsync(tx, step.Tin, step.Component, now).ConfigureAwait(false);
        await RecordStatusChanges.ExecuteAsync(
            tx, [.. stating.Where(credential => credential.Status == StatusValue.Valid)], StatusValue.Suspended, Ground(step), step.ApprovedBy, now).ConfigureAwait(false);
        // Also on what an officer holds already: lifting one of the two leaves the other.
        await CredentialHolds.LayAsync(tx, stating.Select(credential => credential.Id), Cause(step.Component), step.Component.Step, now).ConfigureAwait(false);
    }

    private static async Task RestoreAsync(WriteTransaction tx, AeoStep step, DateTimeOffset now)
    {
        var parameters = new { tin = step.Tin.Value, cause = Cause(step.Component), type = CredentialTypes.AeoStatus, suspended = (int)StatusValue.Suspended };
        if (tx.Dialect == SqlDialect.PostgreSql)
        {
            // The holds are read after the locks: an officer who lays one meanwhile has committed it, or waits.
            await tx.ExecuteAsync("SELECT id FROM credentials WHERE tin = @tin AND type = @type AND status = @suspended ORDER BY issued_at, id FOR UPDATE", parameters).ConfigureAwait(false);
        }

        var restored = await HeldByThisAloneAsync(tx, step.Tin, step.Component).ConfigureAwait(false);
        await RecordStatusChanges.ExecuteAsync(tx, restored, StatusValue.Valid, Ground(step), step.ApprovedBy, now).ConfigureAwait(false);
        await tx.ExecuteAsync(
            "DELETE FROM credential_holds WHERE cause = @cause AND credential_id IN (SELECT id FROM credentials WHERE tin = @tin)", parameters).ConfigureAwait(false);
    }

    private static async Task RevokeAsync(WriteTransaction tx, AeoStep step, DateTimeOffset now)
    {
        var naming = await NamingAsync(tx, step.Tin, step.Component, now).ConfigureAwait(false);
        await RecordStatusChanges.ExecuteAsync(tx, naming, StatusValue.Revoked, Ground(step), step.ApprovedBy, now, CredentialEnd.WithAeoComponent).ConfigureAwait(false);
        await CredentialHolds.ForgetAsync(tx, naming.Select(credential => credential.Id)).ConfigureAwait(false);
    }

    private static string Cause(AeoComponent component) => CredentialHolds.Component(component.Programme, component.Component);

    private static string Ground(AeoStep step) => $"{step.Component.Programme} {step.Component.Component}, step {step.Component.Step}: {step.Act.ToCode()}";

    private sealed class HeldRow
    {
        public required string Id { get; init; }

        public long StatusList { get; init; }

        public long StatusIndex { get; init; }
    }
}
