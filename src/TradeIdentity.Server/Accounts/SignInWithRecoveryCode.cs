using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Accounts;

/// <summary>The second step after a password, for who lost the authenticator application: one of the codes that were written down, good once.</summary>
public sealed class SignInWithRecoveryCode(AccountSignIn signIn, RateLimits limits, FailedSignIn failed)
{
    private const int LongestCode = 32;

    public async Task<SignInAnswer> ExecuteAsync(string code, CancellationToken cancellationToken)
    {
        if (await signIn.FindAwaitedAsync() is not { } account)
        {
            return new SignInAnswer.Failed();
        }

        var permits = SignInLimits.ForCode(signIn.Context, account.Id);
        if (await limits.TakeAsync(permits, cancellationToken) is > 0 and var wait)
        {
            return new SignInAnswer.Wait(wait);
        }

        if (code.Length > LongestCode || await signIn.UserManager.IsLockedOutAsync(account)
            || !(await signIn.UserManager.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded)
        {
            await failed.RecordAsync(account, cancellationToken);
            return new SignInAnswer.Failed();
        }

        await limits.ReturnAsync(permits, cancellationToken);
        return new SignInAnswer.SignedIn(await signIn.SignInWithAsync(account, SignInEvidence.PasswordAndCode));
    }
}
