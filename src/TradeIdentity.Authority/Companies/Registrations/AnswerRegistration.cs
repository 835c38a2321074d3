using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>The person answers what an officer asked, or withdraws the registration.</summary>
public sealed class AnswerRegistration(Database database, TimeProvider time)
{
    public const int MaxAnswer = 2000;

    public async Task<Outcome<EntityRegistration>> ExecuteAsync(string id, string answer, string accountId, CancellationToken cancellationToken) =>
        PrintableText.NormaliseLines(answer, MaxAnswer) is { } text
            ? await database.WriteAsync(
                tx => ChangeAsync(
                    tx, id, accountId, state => state == RegistrationState.Asked, "entity-registration-answered",
                    "UPDATE entity_registrations SET state = 'submitted', answer = @text, answered_at = @now WHERE id = @id", text),
                cancellationToken).ConfigureAwait(false)
            : new Refusal("registration_answer_invalid", $"An answer takes 1 to {MaxAnswer} printable characters.");

    public Task<Outcome<EntityRegistration>> WithdrawAsync(string id, string accountId, CancellationToken cancellationToken) => database.WriteAsync(
        tx => ChangeAsync(
            tx, id, accountId, RegistrationState.IsOpen, "entity-registration-withdrawn",
            "UPDATE entity_registrations SET state = 'withdrawn', settled_by = @accountId, settled_at = @now WHERE id = @id", null, () => RegistrationDocuments.EraseAsync(tx, id)),
        cancellationToken);

    private async Task<Outcome<EntityRegistration>> ChangeAsync(
        WriteTransaction tx, string id, string accountId, Func<string, bool> isPossible, string act, string sql, string? text, Func<Task>? then = null)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        // Another's is none.
        if (await EntityRegistrations.FindAsync(tx, id).ConfigureAwait(false) is not { } registration || registration.AccountId != accountId)
        {
            return EntityRegistrations.Unknown;
        }

        if (!isPossible(registration.State))
        {
            return new Refusal("registration_settled", $"The registration is {registration.State}.");
        }

        var now = time.GetUtcNow();
        await tx.ExecuteAsync(sql, new { id, accountId, text, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        if (then is not null)
        {
            await then().ConfigureAwait(false);
        }

        await AuditTrail.AppendAsync(tx, now, RegistrationAudit.Of(act, id, accountId, registration.Joins?.Value)).ConfigureAwait(false);
        return (await EntityRegistrations.FindAsync(tx, id).ConfigureAwait(false))!;
    }
}
