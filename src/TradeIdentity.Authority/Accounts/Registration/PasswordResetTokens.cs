using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TradeIdentity.Authority.Accounts.Registration;

/// <summary>Tokens of links that set a password: shorter-lived than those that confirm an address, and good for nothing else.</summary>
internal sealed class PasswordResetTokens(
    IDataProtectionProvider protection, IOptions<PasswordResetTokens.Lifetime> lifetime, ILogger<DataProtectorTokenProvider<Account>> logger)
    : DataProtectorTokenProvider<Account>(protection, lifetime, logger)
{
    public const string Provider = "PasswordReset";

    internal sealed class Lifetime : DataProtectionTokenProviderOptions
    {
        public Lifetime()
        {
            Name = Provider;
            TokenLifespan = TimeSpan.FromHours(1);
        }
    }
}
