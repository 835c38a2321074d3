using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Accounts;

/// <summary>
/// Signs in with a passkey, with no name typed: the passkey says whose it is. Guesses of a password do not lock it, for there
/// is nothing to guess.
/// </summary>
public sealed class SignInWithPasskey(AccountSignIn signIn, RateLimits limits, FailedSignIn failed)
{
    private const int LongestAnswer = 16 * 1024;

    /// <summary>What the page gives to <c>navigator.credentials.get</c>, as JSON; the challenge waits in a cookie.</summary>
    public Task<string> BeginAsync() => signIn.MakePasskeyRequestOptionsAsync(null);

    /// <param name="credentialJson">What the browser answered (WebAuthn §5.1.8, <c>toJSON</c>).</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<SignInAnswer> ExecuteAsync(string credentialJson, CancellationToken cancellationToken)
    {
        var permits = SignInLimits.ForPasskey(signIn.Context);
        if (await limits.TakeAsync(permits, cancellationToken) is > 0 and var wait)
        {
            return new SignInAnswer.Wait(wait);
        }

        if (credentialJson.Length is 0 or > LongestAnswer || await AssertAsync(credentialJson) is not { } assertion)
        {
            return new SignInAnswer.Failed();
        }

        if (!assertion.Succeeded || assertion.User.DisabledAt is not null || !(await signIn.UserManager.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey)).Succeeded)
        {
            await failed.RecordAsync(null, cancellationToken);
            return new SignInAnswer.Failed();
        }

        await limits.ReturnAsync(permits, cancellationToken);
        if (!assertion.User.EmailConfirmed)
        {
            return new SignInAnswer.EmailNotConfirmed(assertion.User.Id);
        }

        var evidence = SignInEvidence.Passkey(assertion.Passkey.IsBackupEligible, assertion.Passkey.IsUserVerified);
        return new SignInAnswer.SignedIn(await signIn.SignInWithAsync(assertion.User, evidence));
    }

    private async Task<PasskeyAssertionResult<Account>?> AssertAsync(string credentialJson)
    {
        try
        {
            return await signIn.PerformPasskeyAssertionAsync(credentialJson);
        }
        catch (InvalidOperationException)
        {
            // The framework's word for: no challenge is out in this browser, or one that was for making a passkey.
            return null;
        }
    }
}
