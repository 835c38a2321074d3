using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Successions;

/// <summary>
/// The second of two officers approves what another proposed, and it is carried out; or turns it down with a reason. Who proposed it can
/// withdraw it. Of two who settle it at once, the first does, and the other is told.
/// </summary>
public sealed class SettleSuccession(Database database, TimeProvider time, OperatorReader reader)
{
    public const int MaxReason = 2000;

    public Task<Outcome<SuccessionProposal>> ApproveAsync(string id, string officer, CancellationToken cancellationToken) =>
        SettleAsync(id, officer, "approved", null, cancellationToken);

    public async Task<Outcome<SuccessionProposal>> TurnDownAsync(string id, string reason, string officer, CancellationToken cancellationToken) =>
        PrintableText.NormaliseLines(reason, MaxReason) is { } words
            ? await SettleAsync(id, officer, "turned-down", words, cancellationToken).ConfigureAwait(false)
            : new Refusal("reason_invalid", $"A reason of 1 to {MaxReason} printable characters is required.");

    public Task<Outcome<SuccessionProposal>> WithdrawAsync(string id, string officer, CancellationToken cancellationToken) =>
        SettleAsync(id, officer, "withdrawn", null, cancellationToken);

    private Task<Outcome<SuccessionProposal>> SettleAsync(string id, string officer, string state, string? reason, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<SuccessionProposal>>(
            async tx =>
            {
                await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
                if (await SuccessionProposals.FindAsync(tx, id).ConfigureAwait(false) is not { } proposal)
                {
                    return SuccessionProposals.Unknown;
                }

                if (await RefuseAsync(tx, proposal, officer, state).ConfigureAwait(false) is { } refusal)
                {
                    return refusal;
                }

                var now = time.GetUtcNow();
                var settled = proposal with { State = state, SettledBy = officer, SettledAt = now.WholeSeconds(), Reason = reason };
                if (state == "approved")
                {
                    if (!(await PreparedSuccession.PrepareAsync(tx, proposal, reader, now).ConfigureAwait(false)).TryGet(out var prepared, out refusal))
                    {
                        return refusal;
                    }

                    await CarryOutSuccession.ExecuteAsync(tx, prepared, officer, now).ConfigureAwait(false);
                }

                await tx.ExecuteAsync(
                    "UPDATE successions SET state = @state, settled_by = @officer, settled_at = @at, reason = @reason WHERE id = @id",
                    new { id, state, officer, at = now.ToUnixTimeSeconds(), reason }).ConfigureAwait(false);
                await AuditTrail.AppendAsync(tx, now, SuccessionAudit.Of($"succession-{state}", settled, officer)).ConfigureAwait(false);
                return settled;
            },
            cancellationToken);

    private static async Task<Refusal?> RefuseAsync(WriteTransaction tx, SuccessionProposal proposal, string officer, string state)
    {
        var isOwn = string.Equals(proposal.ProposedBy, officer, StringComparison.OrdinalIgnoreCase);
        var role = state == "withdrawn" ? AccountRoles.Registrar : AccountRoles.Approver;
        if (await SuccessionOfficers.RefuseAsync(tx, officer, role, proposal.Parties).ConfigureAwait(false) is { } notTheirs)
        {
            return notTheirs;
        }

        if (proposal.State != "open")
        {
            return new Refusal("succession_settled", $"The succession is {proposal.State} since {proposal.SettledAt:u}.");
        }

        return state == "withdrawn" && !isOwn ? new Refusal("succession_not_yours", "Who proposed it withdraws it; another officer approves it or turns it down.")
            : state != "withdrawn" && isOwn ? new Refusal("succession_four_eyes", "A succession takes two officers: another than the one who proposed it settles it.")
            : null;
    }
}
