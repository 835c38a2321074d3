using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Accounts;

/// <summary>
/// The first step of a sign-in with a password: rate limit, lock, password; then a session, or the wait for a second factor.
/// All failures take the same steps, so that neither the answer nor its time tells whether an account exists.
/// </summary>
public sealed class SignInWithPassword(AccountSignIn signIn, RateLimits limits, FailedSignIn failed, ComparisonHash comparison, IPasswordHasher<Account> hasher)
{
    // More is no password: see the rules of new ones.
    private const int LongestPassword = 256;

    public async Task<SignInAnswer> ExecuteAsync(string email, string password, CancellationToken cancellationToken)
    {
        var accounts = signIn.UserManager;
        var permits = SignInLimits.ForPassword(signIn.Context, accounts.NormalizeEmail(email));
        if (await limits.TakeAsync(permits, cancellationToken) is > 0 and var wait)
        {
            return new SignInAnswer.Wait(wait);
        }

        var account = await accounts.FindByEmailAsync(email);
        if (!await IsRightAsync(account, password))
        {
            await failed.RecordAsync(account, cancellationToken);
            return new SignInAnswer.Failed();
        }

        await limits.ReturnAsync(permits, cancellationToken);
        if (!account!.EmailConfirmed)
        {
            return new SignInAnswer.EmailNotConfirmed(account.Id);
        }

        if (account.TwoFactorEnabled)
        {
            await signIn.AwaitSecondFactorAsync(account);
            return new SignInAnswer.SecondFactorNeeded();
        }

        return new SignInAnswer.SignedIn(await signIn.SignInWithAsync(account, SignInEvidence.Password));
    }

    private async Task<bool> IsRightAsync(Account? account, string password)
    {
        var usable = account is { PasswordHash: not null, DisabledAt: null } && password.Length <= LongestPassword && !await signIn.UserManager.IsLockedOutAsync(account);
        if (usable)
        {
            return await signIn.UserManager.CheckPasswordAsync(account!, password);
        }

        // As long as it takes to find that a password is wrong, and then it is wrong.
        hasher.VerifyHashedPassword(account ?? comparison.Account, comparison.Hash, password.Length <= LongestPassword ? password : "");
        return false;
    }
}
