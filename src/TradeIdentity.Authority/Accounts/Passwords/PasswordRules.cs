using Microsoft.AspNetCore.Identity;

namespace TradeIdentity.Authority.Accounts.Passwords;

/// <summary>What the framework's length does not say of a new password: not too long, not breached, not what all choose first.</summary>
internal sealed class PasswordRules(BreachedPasswords breached) : IPasswordValidator<Account>
{
    /// <summary>Long sentences pass; what is hashed is bounded.</summary>
    public const int MaxLength = 256;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Fault(user, password ?? "") is { } fault ? IdentityResult.Failed(fault) : IdentityResult.Success);

    private IdentityError? Fault(Account user, string password) => password switch
    {
        { Length: > MaxLength } => new IdentityError { Code = "PasswordTooLong", Description = $"A password has at most {MaxLength} characters." },
        _ when string.Equals(password, user.Email, StringComparison.OrdinalIgnoreCase) =>
            new IdentityError { Code = "PasswordIsEmail", Description = "The password is the e-mail address." },
        _ when CommonPasswords.Contains(password) || breached.Contains(password) =>
            new IdentityError { Code = "PasswordBreached", Description = "This password is known to those who guess: it was in a breach, or is one that many choose." },
        _ => null,
    };
}
