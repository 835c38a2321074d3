namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>How well a person signed in, weakest first.</summary>
public static class AcrValues
{
    public const string OneFactor = "urn:tradeidentity:acr:1";

    /// <summary>Two factors, or a passkey that verified its user.</summary>
    public const string TwoFactors = "urn:tradeidentity:acr:2";
}
