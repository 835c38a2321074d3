using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Companies.MasterData;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Signatures;

/// <summary>A member who signs jointly does an act that binds the operator: it waits for another member's signature, and lapses without.</summary>
public sealed class ProposeJointAct(Database database, TimeProvider time, ChangeAeoStatus change)
{
    public const int MostOpen = 20;

    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(14);

    /// <summary>Submits or withdraws an application, or gives an authorisation up.</summary>
    public Task<Outcome<JointAct>> ExecuteAsync(AeoDecision decision, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var kind = decision.Act switch { AeoAct.Submit => "aeo-submit", AeoAct.Withdraw => "aeo-withdraw", AeoAct.Relinquish => "aeo-relinquish", _ => null };
        return kind is null
            ? Task.FromResult<Outcome<JointAct>>(new Refusal("joint_act_not_needed", "One signature is enough for it."))
            : database.WriteAsync(
                async tx => (await change.PrepareAsync(tx, decision, AeoDecider.Holder).ConfigureAwait(false)).Refusal
                    ?? await StoreAsync(tx, decision.Tin, kind, JointActDocument.Write(decision, null), accountId).ConfigureAwait(false),
                cancellationToken);
    }

    /// <summary>Grants a mandate for the operator, or passes one on.</summary>
    public Task<Outcome<JointAct>> ExecuteAsync(MandateOffer offer, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return MandateRules.Refuse(offer, time.GetUtcNow()) is { } refusal
            ? Task.FromResult<Outcome<JointAct>>(refusal)
            : database.WriteAsync(tx => StoreAsync(tx, offer.Grantor, "mandate-grant", JointActDocument.Write(null, offer), accountId), cancellationToken);
    }

    /// <summary>Consents that the AEO master data goes to partner administrations.</summary>
    public Task<Outcome<JointAct>> ReleaseMasterDataAsync(Tin tin, string accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(tx => StoreAsync(tx, tin, ReleaseMasterData.JointKind, JointActDocument.Write(null, null), accountId), cancellationToken);

    private async Task<Outcome<JointAct>> StoreAsync(WriteTransaction tx, Tin tin, string kind, string document, string accountId)
    {
        var now = time.GetUtcNow();
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if (await Memberships.RightsAsync(tx, accountId, tin, now).ConfigureAwait(false) is not { } rights || !rights.May(JointActs.PowerOf(kind)))
        {
            return JointActs.NotYours;
        }

        if (!rights.IsJoint)
        {
            return new Refusal("joint_act_not_needed", "You sign alone: do it, and it takes effect at once.");
        }

        if (await tx.ScalarAsync<long>(
            "SELECT COUNT(*) FROM joint_acts WHERE tin = @tin AND state = 'open' AND expires_at > @now", new { tin = tin.Value, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false) >= MostOpen)
        {
            return new Refusal("joint_act_limit", $"{MostOpen} acts wait for a signature, which is the most.");
        }

        var id = TimeOrderedId.New(now);
        await tx.ExecuteAsync(
            """
            INSERT INTO joint_acts (id, tin, kind, document, proposed_by, proposed_at, expires_at, state)
            VALUES (@id, @tin, @kind, @document, @accountId, @now, @expires, 'open')
            """,
            new { id, tin = tin.Value, kind, document, accountId, now = now.ToUnixTimeSeconds(), expires = (now + Lifetime).ToUnixTimeSeconds() }).ConfigureAwait(false);
        await JointActAudit.RecordAsync(tx, "joint-proposed", tin, id, kind, accountId, now).ConfigureAwait(false);
        return (await JointActs.FindAsync(tx, id, tin).ConfigureAwait(false))!;
    }
}
