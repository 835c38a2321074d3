using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>An officer asks the person who registers an entity, or refuses it with a reason.</summary>
public sealed class RefuseRegistration(Database database, TimeProvider time)
{
    public const int MaxText = 2000;

    public Task<Outcome<EntityRegistration>> ExecuteAsync(string id, string reason, string officer, CancellationToken cancellationToken) => SayAsync(
        id, reason, officer, "registration-refused",
        "UPDATE entity_registrations SET state = 'refused', reason = @text, settled_by = @officer, settled_at = @now WHERE id = @id", cancellationToken);

    /// <summary>It waits for the answer, which brings it back to the list.</summary>
    public Task<Outcome<EntityRegistration>> AskAsync(string id, string question, string officer, CancellationToken cancellationToken) => SayAsync(
        id, question, officer, "registration-asked",
        "UPDATE entity_registrations SET state = 'asked', question = @text, asked_by = @officer, asked_at = @now, answer = NULL, answered_at = NULL WHERE id = @id", cancellationToken);

    private async Task<Outcome<EntityRegistration>> SayAsync(string id, string said, string officer, string kind, string sql, CancellationToken cancellationToken) =>
        PrintableText.NormaliseLines(said, MaxText) is { } text
            ? await database.WriteAsync(tx => SayAsync(tx, id, text, officer, kind, sql), cancellationToken).ConfigureAwait(false)
            : new Refusal("registration_text_invalid", $"What the person is told takes 1 to {MaxText} printable characters.");

    private async Task<Outcome<EntityRegistration>> SayAsync(WriteTransaction tx, string id, string text, string officer, string kind, string sql)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        var registration = await EntityRegistrations.FindAsync(tx, id).ConfigureAwait(false);
        if (await Registrars.RefuseAsync(tx, officer, registration?.AccountId, registration?.Joins).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        if (registration is null)
        {
            return EntityRegistrations.Unknown;
        }

        if (!RegistrationState.IsOpen(registration.State))
        {
            return new Refusal("registration_settled", $"The registration is {registration.State}.");
        }

        var now = time.GetUtcNow();
        await tx.ExecuteAsync(sql, new { id, text, officer, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, RegistrationAudit.Of($"entity-{kind}", id, officer, registration.Joins?.Value)).ConfigureAwait(false);
        await GiveNotice.ExecuteAsync(tx, [NoticeHolder.Of(registration.AccountId)], kind, id, [new("company", registration.Entity.LegalName)], now).ConfigureAwait(false);
        return (await EntityRegistrations.FindAsync(tx, id).ConfigureAwait(false))!;
    }
}
