using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.Accounts;

/// <summary>The second step after a password: a code of the authenticator application (RFC 6238), good once.</summary>
public sealed class SignInWithCode(AccountSignIn signIn, SecondStep step, ReplayGuard replays, TimeProvider time)
{
    // The framework takes a code up to two steps of 30 seconds early or late.
    private static readonly TimeSpan Acceptable = TimeSpan.FromMinutes(5);

    public Task<SignInAnswer> ExecuteAsync(string code, CancellationToken cancellationToken) =>
        step.ExecuteAsync(account => IsGoodAsync(account, code, cancellationToken), cancellationToken);

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
