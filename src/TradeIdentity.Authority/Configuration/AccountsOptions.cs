namespace TradeIdentity.Authority.Configuration;

/// <summary>Section <c>Accounts</c>.</summary>
public sealed class AccountsOptions
{
    /// <summary>
    /// A folder or file of the Pwned Passwords ranges; a password that is in it is refused. Empty: a short list of common
    /// ones stands guard alone.
    /// </summary>
    public string BreachedPasswords { get; set; } = "";
}
