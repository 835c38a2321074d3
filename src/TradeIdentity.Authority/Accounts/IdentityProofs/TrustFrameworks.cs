namespace TradeIdentity.Authority.Accounts.IdentityProofs;

/// <summary>The rules under which a person's identity was proven. The names are published and never change.</summary>
public static class TrustFrameworks
{
    /// <summary>A notified electronic identification scheme under Regulation (EU) No 910/2014; nothing else is that.</summary>
    public const string Eidas = "eidas";

    /// <summary>The rules of this authority.</summary>
    public const string Account = "tradeidentity_account";

    public static IReadOnlyList<string> All { get; } = [Eidas, Account];
}
