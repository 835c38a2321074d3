using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Changes;

/// <summary>
/// An officer confirms a declared change with its evidence, and the register says it from then on; or refuses it with a reason. Of an operator
/// that has changed otherwise meanwhile it is refused: nobody looked at that together.
/// </summary>
public sealed class DecideChange(Database database, TimeProvider time, ProgrammeCatalogue programmes, DeclaredEntity declared)
{
    public const int MaxText = 2000;

    private readonly OperatorReader _reader = new(programmes);

    /// <param name="id">The change.</param>
    /// <param name="source">The register or document that confirms it.</param>
    /// <param name="officer">A registrar who does not act for the operator.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<Outcome<EntityChange>> ConfirmAsync(string id, string source, string officer, CancellationToken cancellationToken) =>
        PrintableText.Normalise(source, ConfirmRegistration.MaxSource) is { } name
            ? await database.WriteAsync(tx => DecideAsync(tx, id, officer, (change, now) => ConfirmAsync(tx, change, name, officer, now)), cancellationToken).ConfigureAwait(false)
            : new Refusal("change_source_missing", "State the register or document that confirms the change.");

    public async Task<Outcome<EntityChange>> RefuseAsync(string id, string reason, string officer, CancellationToken cancellationToken) =>
        PrintableText.NormaliseLines(reason, MaxText) is { } words
            ? await database.WriteAsync(
                tx => DecideAsync(tx, id, officer, async (change, now) => await ChangeRecord.SettleAsync(tx, change, "refused", null, words, officer, now).ConfigureAwait(false)),
                cancellationToken).ConfigureAwait(false)
            : new Refusal("change_reason_invalid", $"A reason takes 1 to {MaxText} printable characters.");

    private async Task<Outcome<EntityChange>> DecideAsync(WriteTransaction tx, string id, string officer, Func<EntityChange, DateTimeOffset, Task<Outcome<EntityChange>>> decide)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        var change = await EntityChanges.FindAsync(tx, id).ConfigureAwait(false);
        if (await Registrars.RefuseAsync(tx, officer, change?.DeclaredBy, change?.Tin).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        return change is null ? EntityChanges.Unknown
            : change.State != "open" ? new Refusal("change_settled", $"The change is {change.State}.")
            : await decide(change, time.GetUtcNow()).ConfigureAwait(false);
    }

    private async Task<Outcome<EntityChange>> ConfirmAsync(WriteTransaction tx, EntityChange change, string source, string officer, DateTimeOffset now)
    {
        var (held, digest) = (await _reader.LoadAsync(tx, [change.Tin]).ConfigureAwait(false)).Single();
        if (held.Version != change.Version)
        {
            return new Refusal("change_overtaken", "The register has changed since: refuse it, and the entity declares it anew.");
        }

        if (!declared.Read(change.Declared, change.Tin).TryGet(out var facts, out var refusal))
        {
            return refusal;
        }

        // The digest stays that of the last import: a source that still says the old is no news.
        await OperatorWriter.WriteAsync(
            tx,
            [
                (held with
                {
                    LegalName = facts.LegalName,
                    Jurisdiction = facts.Jurisdiction,
                    LegalForm = facts.LegalForm,
                    RegisteredAddress = facts.RegisteredAddress,
                    Roles = facts.Roles,
                    Evidence = new Evidence(source, officer, now.WholeSeconds(), Confirmation.Officer, now.WholeSeconds()),
                    UpdatedAt = now,
                    Version = held.Version + 1,
                    Succession = OperatorSuccession.Of(held, facts.LegalName, now),
                }, digest),
            ]).ConfigureAwait(false);
        return await ChangeRecord.SettleAsync(tx, change, "confirmed", source, null, officer, now).ConfigureAwait(false);
    }
}
