using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>The first of two officers: proposes a decision that could be taken as things are. Nothing changes until another approves.</summary>
public sealed class ProposeAeoDecision(Database database, TimeProvider time, ChangeAeoStatus change)
{
    public async Task<Outcome<AeoProposal>> ExecuteAsync(AeoDecision decision, AeoOfficer officer, CancellationToken cancellationToken) =>
        officer.MayPropose
            ? await database.WriteAsync(tx => ProposeAsync(tx, decision, officer.Id), cancellationToken).ConfigureAwait(false)
            : new Refusal("aeo_officer_required", "A decision of two officers is proposed by a person who is an AEO officer.");

    private async Task<Outcome<AeoProposal>> ProposeAsync(WriteTransaction tx, AeoDecision decision, string officer)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if (await AeoOfficers.OwnOperatorAsync(tx, decision.Tin, officer, officer).ConfigureAwait(false) is { } own)
        {
            return own;
        }

        if (!(await change.PrepareAsync(tx, decision, AeoDecider.TwoOfficers).ConfigureAwait(false)).TryGet(out var prepared, out var refusal))
        {
            return refusal;
        }

        var open = await tx.ScalarAsync<string>(
            "SELECT id FROM aeo_proposals WHERE tin = @Tin AND programme = @Programme AND component = @Component AND state = 'open'",
            new { Tin = decision.Tin.Value, prepared.Next.Programme, prepared.Next.Component }).ConfigureAwait(false);
        if (open is not null)
        {
            return new Refusal("aeo_proposal_open", $"Proposal {open} for this component is open: it is settled first.");
        }

        var now = time.GetUtcNow();
        var proposal = new AeoProposal
        {
            Id = TimeOrderedId.New(now),
            Decision = decision with { Programme = prepared.Next.Programme, DecidedOn = null },
            Step = prepared.Next.Step - 1,
            DueOn = prepared.Current?.DueOn,
            ProposedBy = officer,
            ProposedAt = now.WholeSeconds(),
            State = AeoProposalState.Open,
        };
        await tx.ExecuteAsync(AeoProposalRow.Insert, AeoProposalRow.Of(proposal)).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, AeoProposalAudit.Of("aeo-proposed", proposal, officer)).ConfigureAwait(false);
        return proposal;
    }
}
