using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>The first of two officers takes back what they proposed, as long as nobody settled it. The component stays as it is.</summary>
public sealed class WithdrawAeoProposal(Database database, TimeProvider time)
{
    public async Task<Outcome<AeoProposal>> ExecuteAsync(Tin tin, string proposalId, AeoOfficer officer, CancellationToken cancellationToken) =>
        officer.MayPropose
            ? await database.WriteAsync(tx => WithdrawAsync(tx, tin, proposalId, officer.Id), cancellationToken).ConfigureAwait(false)
            : new Refusal("aeo_officer_required", "A proposal is withdrawn by the person who made it, as an AEO officer.");

    private async Task<Outcome<AeoProposal>> WithdrawAsync(WriteTransaction tx, Tin tin, string proposalId, string officer)
    {
        if (!(await AeoProposals.OpenAsync(tx, tin, proposalId).ConfigureAwait(false)).TryGet(out var proposal, out var refusal))
        {
            return refusal;
        }

        if (proposal.ProposedBy != officer)
        {
            return new Refusal("aeo_proposal_not_yours", "Who proposed it withdraws it; another officer approves it or turns it down.");
        }

        var now = time.GetUtcNow();
        var withdrawn = proposal with { State = AeoProposalState.Withdrawn, SettledBy = officer, SettledAt = now };
        await AeoProposals.SettleAsync(tx, withdrawn).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, AeoProposalAudit.Of("aeo-proposal-withdrawn", withdrawn, officer)).ConfigureAwait(false);
        return withdrawn with { SettledAt = now.WholeSeconds() };
    }
}
