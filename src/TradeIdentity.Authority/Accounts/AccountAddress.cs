using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Authority.Accounts;

/// <summary>What the framework does not ask of an e-mail address: that it fits its column, and that all of it can be seen.</summary>
public sealed class AccountAddress : IUserValidator<Account>
{
    // RFC 5321 §4.5.3.1.3, less the brackets.
    public const int MaxLength = 254;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user) => Task.FromResult(
        IsValid(user.Email) ? IdentityResult.Success : IdentityResult.Failed(manager.ErrorDescriber.InvalidEmail(user.Email)));

    public static bool IsValid(string email) =>
        email.Length is >= 3 and <= MaxLength && PrintableText.IsPrintable(email) && !email.Any(char.IsWhiteSpace)
        && email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == email.LastIndexOf('@') && at < email.Length - 1;
}
