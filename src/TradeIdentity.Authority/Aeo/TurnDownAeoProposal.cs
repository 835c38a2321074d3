using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>The second of two officers says no, and why. The component stays as it is.</summary>
public sealed class TurnDownAeoProposal(Database database, TimeProvider time)
{
    private const int MaxReason = 2000;

    public async Task<Outcome<AeoProposal>> ExecuteAsync(Tin tin, string proposalId, string reason, AeoOfficer officer, CancellationToken cancellationToken)
    {
        if (!officer.MayApprove)
        {
            return ApproveAeoProposal.NotAnApprover;
        }

        return PrintableText.Normalise(reason, MaxReason) is { } why
            ? await database.WriteAsync(tx => TurnDownAsync(tx, tin, proposalId, why, officer.Id), cancellationToken).ConfigureAwait(false)
            : new Refusal("reason_invalid", $"A reason of 1 to {MaxReason} printable characters is required.");
    }

    private async Task<Outcome<AeoProposal>> TurnDownAsync(WriteTransaction tx, Tin tin, string proposalId, string reason, string officer)
    {
        if (!(await AeoProposals.OpenAsync(tx, tin, proposalId).ConfigureAwait(false)).TryGet(out var proposal, out var refusal))
        {
            return refusal;
        }

        if (string.Equals(proposal.ProposedBy, officer, StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal("aeo_four_eyes", "Another officer than the one who proposed it turns it down.");
        }

        if (await AeoOfficers.OwnOperatorAsync(tx, tin, officer, officer).ConfigureAwait(false) is { } own)
        {
            return own;
        }

        var now = time.GetUtcNow();
        var turnedDown = proposal with { State = AeoProposalState.TurnedDown, SettledBy = officer, SettledAt = now, Reason = reason };
        await AeoProposals.SettleAsync(tx, turnedDown).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, AeoProposalAudit.Of("aeo-proposal-turned-down", turnedDown, officer)).ConfigureAwait(false);
        return turnedDown with { SettledAt = now.WholeSeconds() };
    }
}
