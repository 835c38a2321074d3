using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Companies.MasterData;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Signatures;

/// <summary>
/// Another member signs a joint act, and it is done in the same transaction, as the rules are at that moment; or declines it. Never the
/// one who proposed it, who can only withdraw it; and both must still have the power to.
/// </summary>
public sealed class SignJointAct(Database database, TimeProvider time, TakeHoldersAct take)
{
    public const int MaxReason = 500;

    public Task<Outcome<JointAct>> ExecuteAsync(Tin tin, string id, string accountId, CancellationToken cancellationToken) => database.WriteAsync(
        async tx =>
        {
            var now = time.GetUtcNow();
            if (!(await OpenAsync(tx, tin, id, now).ConfigureAwait(false)).TryGet(out var act, out var refusal))
            {
                return refusal;
            }

            if (await RefuseAsync(tx, act, accountId, now).ConfigureAwait(false) is { } cannot || (cannot = await DoAsync(tx, act, accountId, now).ConfigureAwait(false)) is not null)
            {
                return cannot;
            }

            return await SettleAsync(tx, act, "signed", null, accountId, now).ConfigureAwait(false);
        },
        cancellationToken);

    public async Task<Outcome<JointAct>> DeclineAsync(Tin tin, string id, string reason, string accountId, CancellationToken cancellationToken) =>
        PrintableText.NormaliseLines(reason, MaxReason) is { } words
            ? await database.WriteAsync(
                async tx =>
                {
                    var now = time.GetUtcNow();
                    return !(await OpenAsync(tx, tin, id, now).ConfigureAwait(false)).TryGet(out var act, out var refusal) ? refusal
                        : await RefuseAsync(tx, act, accountId, now).ConfigureAwait(false) is { } cannot ? cannot
                        : await SettleAsync(tx, act, "declined", words, accountId, now).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false)
            : new Refusal("joint_act_reason_invalid", $"A reason takes 1 to {MaxReason} printable characters.");

    /// <summary>By who proposed it.</summary>
    public Task<Outcome<JointAct>> WithdrawAsync(Tin tin, string id, string accountId, CancellationToken cancellationToken) => database.WriteAsync(
        async tx =>
        {
            var now = time.GetUtcNow();
            return !(await OpenAsync(tx, tin, id, now).ConfigureAwait(false)).TryGet(out var act, out var refusal) ? refusal
                : act.ProposedBy != accountId ? new Refusal("joint_act_not_yours", "Only who proposed it withdraws it.")
                : await SettleAsync(tx, act, "withdrawn", null, accountId, now).ConfigureAwait(false);
        },
        cancellationToken);

    private async Task<Refusal?> DoAsync(WriteTransaction tx, JointAct act, string accountId, DateTimeOffset now)
    {
        if (act.Aeo is { } decision)
        {
            var today = decision with { EffectiveFrom = DateOnly.FromDateTime(now.UtcDateTime) };
            return (await take.TakeAsync(tx, today, act.ProposedBy, coSignedBy: accountId).ConfigureAwait(false)).Refusal;
        }

        if (act.Kind == ReleaseMasterData.JointKind)
        {
            return (await ReleaseMasterData.GiveAsync(tx, act.Tin, act.ProposedBy, coSignedBy: accountId, now).ConfigureAwait(false)).Refusal;
        }

        // It holds from the second signature on at the earliest.
        var offer = act.Mandate! with { ValidFrom = act.Mandate!.ValidFrom > now ? act.Mandate.ValidFrom : now };
        return MandateRules.Refuse(offer, now)
            ?? (await GrantMandate.GrantAsync(tx, offer, MandateActor.Person(act.ProposedBy, act.Tin), now, isCoSigned: true).ConfigureAwait(false)).Refusal;
    }

    private static async Task<Outcome<JointAct>> OpenAsync(WriteTransaction tx, Tin tin, string id, DateTimeOffset now)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        return await JointActs.FindAsync(tx, id, tin).ConfigureAwait(false) switch
        {
            null => JointActs.Unknown,
            { State: not "open" and var state } => new Refusal("joint_act_settled", $"The act is {state}."),
            var lapsed when lapsed.ExpiresAt <= now => new Refusal("joint_act_settled", "The act has lapsed unsigned: propose it again."),
            var open => open,
        };
    }

    private static async Task<Refusal?> RefuseAsync(WriteTransaction tx, JointAct act, string accountId, DateTimeOffset now) =>
        act.ProposedBy == accountId ? new Refusal("joint_act_own", "Nobody signs twice: another member signs it.")
        : (await Memberships.RightsAsync(tx, accountId, act.Tin, now).ConfigureAwait(false))?.May(JointActs.PowerOf(act.Kind)) == true ? null
        : JointActs.NotYours;

    private static async Task<Outcome<JointAct>> SettleAsync(WriteTransaction tx, JointAct act, string state, string? reason, string accountId, DateTimeOffset now)
    {
        await tx.ExecuteAsync(
            "UPDATE joint_acts SET state = @state, reason = @reason, settled_by = @accountId, settled_at = @now WHERE id = @Id",
            new { act.Id, state, reason, accountId, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        await JointActAudit.RecordAsync(tx, $"joint-{state}", act.Tin, act.Id, act.Kind, accountId, now).ConfigureAwait(false);
        return (await JointActs.FindAsync(tx, act.Id, act.Tin).ConfigureAwait(false))!;
    }
}
