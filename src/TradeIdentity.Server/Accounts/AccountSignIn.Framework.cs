using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Accounts;

/// <summary>
/// The framework's own ways to sign in lead to the acts, so that whichever a page calls has the limits, the records and the
/// session. Too many tries are <see cref="SignInResult.LockedOut"/> there; the acts tell the seconds.
/// </summary>
public sealed partial class AccountSignIn
{
    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure) =>
        Result(await Act<SignInWithPassword>().ExecuteAsync(userName, password, Context.RequestAborted));

    public override Task<SignInResult> PasswordSignInAsync(Account user, string password, bool isPersistent, bool lockoutOnFailure) =>
        PasswordSignInAsync(user.Email, password, isPersistent, lockoutOnFailure);

    public override async Task<SignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient) =>
        Result(await Act<SignInWithCode>().ExecuteAsync(code, Context.RequestAborted));

    public override async Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode) =>
        Result(await Act<SignInWithRecoveryCode>().ExecuteAsync(recoveryCode, Context.RequestAborted));

    public override async Task<SignInResult> PasskeySignInAsync(string credentialJson) =>
        Result(await Act<SignInWithPasskey>().ExecuteAsync(credentialJson, Context.RequestAborted));

    public override Task<Account?> GetTwoFactorAuthenticationUserAsync() => FindAwaitedAsync();

    /// <summary>Where all others end: nobody has called an act, so it counts as one factor unless the framework saw two.</summary>
    public override Task SignInWithClaimsAsync(Account user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims) =>
        SignInWithAsync(user, additionalClaims.Any(claim => claim is { Type: "amr", Value: "mfa" }) ? SignInEvidence.PasswordAndCode : SignInEvidence.Password);

    /// <summary>Nothing is in the cookie that could be old: the session that changed the account goes on.</summary>
    public override Task RefreshSignInAsync(Account user) => Task.CompletedTask;

    public override async Task<bool> CanSignInAsync(Account user) => user.DisabledAt is null && await base.CanSignInAsync(user);

    // The acts need this class to write the cookie, so they are found when they are called.
    private T Act<T>()
        where T : notnull => Context.RequestServices.GetRequiredService<T>();

    private static SignInResult Result(SignInAnswer answer) => answer switch
    {
        SignInAnswer.SignedIn => SignInResult.Success,
        SignInAnswer.SecondFactorNeeded => SignInResult.TwoFactorRequired,
        SignInAnswer.EmailNotConfirmed => SignInResult.NotAllowed,
        SignInAnswer.Wait => SignInResult.LockedOut,
        _ => SignInResult.Failed,
    };
}
