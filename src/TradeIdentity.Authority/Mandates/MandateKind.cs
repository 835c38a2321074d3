namespace TradeIdentity.Authority.Mandates;

/// <summary>In whose name a representative acts (Union Customs Code, article 18): it decides who is liable.</summary>
public enum MandateKind
{
    /// <summary>In the name and on behalf of the principal, who is liable.</summary>
    Direct = 1,

    /// <summary>In the representative's own name, on behalf of the principal: both are liable.</summary>
    Indirect = 2,
}
