namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>How far a fact about an operator is believed.</summary>
public enum AssuranceLevel
{
    Declared = 1,
    Confirmed = 2,
}
