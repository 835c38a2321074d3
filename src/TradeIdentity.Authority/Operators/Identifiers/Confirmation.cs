namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>What confirmed a fact.</summary>
public enum Confirmation
{
    Register = 1,
    Document = 2,
    Officer = 3,
}
