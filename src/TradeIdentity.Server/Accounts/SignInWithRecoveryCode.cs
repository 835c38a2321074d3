using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Server.Accounts;

/// <summary>The second step after a password, for who lost the authenticator application: one of the codes that were written down, good once.</summary>
public sealed class SignInWithRecoveryCode(AccountSignIn signIn, SecondStep step)
{
    private const int LongestCode = 32;

    public Task<SignInAnswer> ExecuteAsync(string code, CancellationToken cancellationToken) =>
        step.ExecuteAsync(account => IsGoodAsync(account, code), cancellationToken);

    private async Task<bool> IsGoodAsync(Account account, string code) =>
        code.Length <= LongestCode
        && !await signIn.UserManager.IsLockedOutAsync(account)
        && (await signIn.UserManager.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded;
}
