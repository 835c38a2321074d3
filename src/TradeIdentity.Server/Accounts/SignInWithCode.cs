using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.Accounts;

/// <summary>The second step after a password: a code of the authenticator application (RFC 6238), good once.</summary>
public sealed class SignInWithCode(AccountSignIn signIn, RateLimits limits, ReplayGuard replays, FailedSignIn failed, TimeProvider time)
{
    // The framework takes a code up to two steps of 30 seconds early or late.
    private static readonly TimeSpan Acceptable = TimeSpan.FromMinutes(5);

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

        if (!await IsGoodAsync(account, code, cancellationToken))
        {
            await failed.RecordAsync(account, cancellationToken);
            return new SignInAnswer.Failed();
        }

        await limits.ReturnAsync(permits, cancellationToken);
        return new SignInAnswer.SignedIn(await signIn.SignInWithAsync(account, SignInEvidence.PasswordAndCode));
    }

    /// <summary>Whether it is a code of now that was not used yet. RFC 6238 §5.2: a second try with the same is refused.</summary>
    internal async Task<bool> IsGoodAsync(Account account, string code, CancellationToken cancellationToken)
    {
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        return digits.Length == 6
            && !await signIn.UserManager.IsLockedOutAsync(account)
            && await signIn.UserManager.VerifyTwoFactorTokenAsync(account, signIn.Options.Tokens.AuthenticatorTokenProvider, digits)
            && await replays.TryPassAsync("totp", account.Id, digits, time.GetUtcNow() + Acceptable, cancellationToken);
    }
}
