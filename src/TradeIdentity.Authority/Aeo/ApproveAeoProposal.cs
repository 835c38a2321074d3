using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>
/// The second of two officers: what another proposed is decided, of the state that it was proposed for and in one transaction.
/// Of two who settle one proposal at once, the first does, and the other is told.
/// </summary>
public sealed class ApproveAeoProposal(Database database, TimeProvider time, ChangeAeoStatus change)
{
    /// <returns>The component as the decision left it.</returns>
    public async Task<Outcome<AeoComponent>> ExecuteAsync(Tin tin, string proposalId, AeoOfficer officer, CancellationToken cancellationToken) =>
        officer.MayApprove
            ? await database.WriteAsync(tx => ApproveAsync(tx, tin, proposalId, officer.Id), cancellationToken).ConfigureAwait(false)
            : NotAnApprover;

    internal static Refusal NotAnApprover { get; } =
        new("aeo_officer_required", "A proposal is approved or turned down by a person who is an approver.");

    private async Task<Outcome<AeoComponent>> ApproveAsync(WriteTransaction tx, Tin tin, string proposalId, string officer)
    {
        if (!(await AeoProposals.OpenAsync(tx, tin, proposalId).ConfigureAwait(false)).TryGet(out var proposal, out var refusal))
        {
            return refusal;
        }

        if (string.Equals(proposal.ProposedBy, officer, StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal("aeo_four_eyes", $"{proposal.Decision.Act.ToCode()} takes two officers: who proposed it cannot approve it.");
        }

        var signatures = new AeoSignatures(AeoDecider.TwoOfficers, proposal.ProposedBy, officer);
        var decided = await change.DecideAsync(tx, proposal.Decision, signatures, proposal.Step).ConfigureAwait(false);
        if (decided.Refusal is null)
        {
            await AeoProposals.SettleAsync(tx, proposal with { State = AeoProposalState.Approved, SettledBy = officer, SettledAt = time.GetUtcNow() }).ConfigureAwait(false);
        }

        return decided;
    }
}
