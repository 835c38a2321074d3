using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Successions;

/// <summary>The first of two officers: proposes a succession that could be carried out as things are. Nothing changes until another approves.</summary>
public sealed class ProposeSuccession(Database database, TimeProvider time, OperatorReader reader)
{
    public async Task<Outcome<SuccessionProposal>> ExecuteAsync(SuccessionRequest request, string officer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Refuse(time.GetUtcNow()) is { } refusal)
        {
            return refusal;
        }

        return PrintableText.Normalise(request.LegalGround, SuccessionRequest.MaxLegalGround) is { } ground
            ? await database.WriteAsync(tx => ProposeAsync(tx, request with { LegalGround = ground }, officer), cancellationToken).ConfigureAwait(false)
            : new Refusal("succession_ground_invalid", $"A legal ground of 1 to {SuccessionRequest.MaxLegalGround} printable characters is required.");
    }

    private async Task<Outcome<SuccessionProposal>> ProposeAsync(WriteTransaction tx, SuccessionRequest request, string officer)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var proposal = new SuccessionProposal
        {
            Id = TimeOrderedId.New(now),
            Kind = request.Kind,
            Predecessors = request.Predecessors,
            Successors = request.Successors,
            EffectiveOn = request.EffectiveOn,
            LegalGround = request.LegalGround,
            ProposedBy = officer,
            ProposedAt = now.WholeSeconds(),
            State = "open",
        };
        if (await SuccessionOfficers.RefuseAsync(tx, officer, AccountRoles.Registrar, proposal.Parties).ConfigureAwait(false) is { } notTheirs)
        {
            return notTheirs;
        }

        if (!(await PreparedSuccession.PrepareAsync(tx, proposal, reader, now).ConfigureAwait(false)).TryGet(out _, out var refusal))
        {
            return refusal;
        }

        var parties = proposal.Parties.ToHashSet();
        if ((await SuccessionProposals.OpenAsync(tx).ConfigureAwait(false)).Find(open => open.Parties.Any(parties.Contains)) is { } other)
        {
            return new Refusal("succession_open", $"Succession {other.Id} of one of these operators is open: it is settled first.");
        }

        await tx.ExecuteAsync(SuccessionRow.Insert, SuccessionRow.Of(proposal)).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, SuccessionAudit.Of("succession-proposed", proposal, officer)).ConfigureAwait(false);
        return proposal;
    }
}
