namespace TradeIdentity.Authority.Accounts.IdentityProofs;

/// <summary>How well an identity was proven: Regulation (EU) No 910/2014, Article 8(2).</summary>
public enum IdentityAssurance
{
    Low = 1,
    Substantial = 2,
    High = 3,
}
