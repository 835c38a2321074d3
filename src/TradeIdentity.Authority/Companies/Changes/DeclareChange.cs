using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Changes;

/// <summary>
/// A member with the power to declares that the operator's name, address, legal form or roles have changed, or withdraws it. The register
/// stays as it is until an officer confirms it. Its numbers are not changed so: a confirmed number is what an entity is known by.
/// </summary>
public sealed class DeclareChange(Database database, TimeProvider time, ProgrammeCatalogue programmes, DeclaredEntity declared)
{
    public const int MaxGrounds = 1000;

    private readonly OperatorReader _reader = new(programmes);

    /// <param name="tin">The operator.</param>
    /// <param name="details">All of it as it is from then on; identifiers and TIN are left out.</param>
    /// <param name="grounds">Why, and since when.</param>
    /// <param name="accountId">The member.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<Outcome<EntityChange>> ExecuteAsync(Tin tin, EntityDetails details, string grounds, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(details);
        if (details.Identifiers is { Count: > 0 } || details.Tin is not null)
        {
            return new Refusal("change_of_number", "Numbers of an entity are not changed so: ask the authority.");
        }

        if (!declared.Read(details, tin).TryGet(out var facts, out var refusal))
        {
            return refusal;
        }

        return PrintableText.NormaliseLines(grounds, MaxGrounds) is { } words
            ? await database.WriteAsync(tx => DeclareAsync(tx, tin, facts, words, accountId), cancellationToken).ConfigureAwait(false)
            : new Refusal("change_grounds_invalid", $"State why, and since when, in 1 to {MaxGrounds} printable characters.");
    }

    public Task<Outcome<EntityChange>> WithdrawAsync(Tin tin, string id, string accountId, CancellationToken cancellationToken) => database.WriteAsync<Outcome<EntityChange>>(
        async tx =>
        {
            var now = time.GetUtcNow();
            await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
            if ((await Memberships.RightsAsync(tx, accountId, tin, now).ConfigureAwait(false))?.May(MemberPowers.Company) != true)
            {
                return NotYours;
            }

            if (await EntityChanges.FindAsync(tx, id).ConfigureAwait(false) is not { } change || change.Tin != tin)
            {
                return EntityChanges.Unknown;
            }

            return change.State == "open"
                ? await ChangeRecord.SettleAsync(tx, change, "withdrawn", null, null, accountId, now).ConfigureAwait(false)
                : new Refusal("change_settled", $"The change is {change.State}.");
        },
        cancellationToken);

    private static Refusal NotYours { get; } = new("change_not_yours", "This is an act of a member with the power to, acting for the entity.");

    private async Task<Outcome<EntityChange>> DeclareAsync(WriteTransaction tx, Tin tin, OperatorFacts facts, string grounds, string accountId)
    {
        var now = time.GetUtcNow();
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if ((await Memberships.RightsAsync(tx, accountId, tin, now).ConfigureAwait(false))?.May(MemberPowers.Company) != true)
        {
            return NotYours;
        }

        if (await tx.ScalarAsync<string>("SELECT id FROM entity_changes WHERE tin = @tin AND state = 'open'", new { tin = tin.Value }).ConfigureAwait(false) is not null)
        {
            return new Refusal("change_open", "A change waits for an officer: it is settled or withdrawn before another.");
        }

        var held = (await _reader.FindAsync(tx, tin).ConfigureAwait(false))!;
        if (GetOperator.Ended(held) is { } ended)
        {
            return ended;
        }

        var (earlier, later) = (DeclaredEntity.Write(ChangeRecord.Of(held)), DeclaredEntity.Write(DeclaredEntity.Of(facts, null)));
        if (earlier == later)
        {
            return new Refusal("change_nothing", "That is what the register says already.");
        }

        var id = TimeOrderedId.New(now);
        await tx.ExecuteAsync(
            """
            INSERT INTO entity_changes (id, tin, declared, earlier, version, grounds, state, declared_by, declared_at)
            VALUES (@id, @Tin, @later, @earlier, @Version, @grounds, 'open', @accountId, @Now)
            """,
            new { id, Tin = tin.Value, later, earlier, Version = (long)held.Version, grounds, accountId, Now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        var change = (await EntityChanges.FindAsync(tx, id).ConfigureAwait(false))!;
        await ChangeRecord.TellAsync(tx, change, "declared", accountId, now).ConfigureAwait(false);
        return change;
    }
}
