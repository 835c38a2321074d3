namespace TradeIdentity.Authority.Aeo;

/// <summary>By whom a decision is taken, as one of the deciders of <see cref="AeoLifecycle"/>.</summary>
internal sealed record AeoSignatures(AeoDecider As, string ProposedBy, string ApprovedBy)
{
    public static AeoSignatures One(AeoDecider decider, string id) => new(decider, id, id);
}
