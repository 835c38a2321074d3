using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Accounts;

/// <summary>What every second step after a password has in common: whose it is, how often it may be tried, what a failure and a success leave behind.</summary>
public sealed class SecondStep(AccountSignIn signIn, RateLimits limits, FailedSignIn failed)
{
    /// <param name="isGood">Whether the account's person has proved it. Asked only while tries are left.</param>
    /// <param name="cancellationToken">Stops before anything is decided.</param>
    internal async Task<SignInAnswer> ExecuteAsync(Func<Account, Task<bool>> isGood, CancellationToken cancellationToken)
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

        if (!await isGood(account))
        {
            await failed.RecordAsync(account, cancellationToken);
            return new SignInAnswer.Failed();
        }

        await limits.ReturnAsync(permits, cancellationToken);
        return new SignInAnswer.SignedIn(await signIn.SignInWithAsync(account, SignInEvidence.PasswordAndCode));
    }
}
