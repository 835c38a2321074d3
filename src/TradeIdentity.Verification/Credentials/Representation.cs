namespace TradeIdentity.Verification.Credentials;

/// <summary>In whose name a representative acts before customs: it decides who is liable.</summary>
public enum Representation
{
    /// <summary>In the name and on behalf of the principal, who is liable.</summary>
    Direct = 1,

    /// <summary>In the representative's own name, on behalf of the principal: both are liable.</summary>
    Indirect = 2,
}
