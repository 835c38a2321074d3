using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TradeIdentity.Authority.Accounts;

/// <summary>The framework's user manager, whose lock is the store's: counted at once, growing, by the clock of the program.</summary>
internal sealed class AccountUsers(
    TimeProvider time,
    IUserStore<Account> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<Account> passwords,
    IEnumerable<IUserValidator<Account>> userValidators,
    IEnumerable<IPasswordValidator<Account>> passwordValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<Account>> logger)
    : AspNetUserManager<Account>(store, options, passwords, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    public override Task<bool> IsLockedOutAsync(Account user) => Task.FromResult(user.LockedUntil > time.GetUtcNow());

    public override async Task<IdentityResult> AccessFailedAsync(Account user)
    {
        await ((IUserLockoutStore<Account>)Store).IncrementAccessFailedCountAsync(user, CancellationToken);
        return IdentityResult.Success;
    }

    /// <summary>A wrong current password counts like one at the door: a session alone must not be a place to guess it.</summary>
    public override async Task<IdentityResult> ChangePasswordAsync(Account user, string currentPassword, string newPassword)
    {
        if (await IsLockedOutAsync(user))
        {
            return IdentityResult.Failed(ErrorDescriber.PasswordMismatch());
        }

        var changed = await base.ChangePasswordAsync(user, currentPassword, newPassword);
        if (changed.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch)))
        {
            await AccessFailedAsync(user);
        }

        return changed;
    }

    public override async Task<IdentityResult> ResetAccessFailedCountAsync(Account user)
    {
        if (user.FailedSignIns > 0)
        {
            await ((IUserLockoutStore<Account>)Store).ResetAccessFailedCountAsync(user, CancellationToken);
        }

        return IdentityResult.Success;
    }
}
