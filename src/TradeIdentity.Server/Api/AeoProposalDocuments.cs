using TradeIdentity.Authority.Aeo;

namespace TradeIdentity.Server.Api;

/// <summary>A decision that takes two officers: proposed by one, approved or turned down by another.</summary>
internal sealed record AeoProposalBody(
    string Id,
    string Tin,
    string Programme,
    string Component,
    string Act,
    string? Tier,
    string? Ground,
    string? AuthorisationNumber,
    DateOnly EffectiveFrom,
    DateOnly? EffectiveUntil,
    string LegalGround,
    int Step,
    DateOnly? DueOn,
    string ProposedBy,
    DateTimeOffset ProposedAt,
    int AgeDays,
    string State,
    string? SettledBy,
    DateTimeOffset? SettledAt,
    string? Reason)
{
    internal static AeoProposalBody Of(AeoProposal proposal, DateTimeOffset now) => new(
        proposal.Id,
        proposal.Decision.Tin.Value,
        proposal.Decision.Programme!,
        proposal.Decision.Component,
        proposal.Decision.Act.ToCode(),
        proposal.Decision.Tier,
        proposal.Decision.SuspensionGround?.ToCode(),
        proposal.Decision.AuthorisationNumber,
        proposal.Decision.EffectiveFrom,
        proposal.Decision.EffectiveUntil,
        proposal.Decision.LegalGround,
        proposal.Step,
        proposal.DueOn,
        proposal.ProposedBy,
        proposal.ProposedAt,
        Math.Max(0, (int)((proposal.SettledAt ?? now) - proposal.ProposedAt).TotalDays),
        proposal.State.ToCode(),
        proposal.SettledBy,
        proposal.SettledAt,
        proposal.Reason);
}

/// <summary>Proposals; the next page has this cursor, the last page none.</summary>
internal sealed record AeoProposalPageBody(IReadOnlyList<AeoProposalBody> Items, string? NextCursor);
