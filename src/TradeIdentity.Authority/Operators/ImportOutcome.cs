namespace TradeIdentity.Authority.Operators;

/// <summary>What became of a line of an import.</summary>
public enum ImportOutcome
{
    Created = 1,
    Updated,
    Unchanged,
    Rejected,
}
