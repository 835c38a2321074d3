namespace TradeIdentity.Authority.Aeo;

/// <summary>A page of the work list, the oldest proposal first.</summary>
/// <param name="Proposals">At most as many as were asked for.</param>
/// <param name="NextCursor">Gives the next page; null: this is the last.</param>
public sealed record AeoProposalPage(IReadOnlyList<AeoProposal> Proposals, string? NextCursor);
