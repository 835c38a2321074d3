using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Accounts;

/// <summary>The framework's sign-in, where every way in ends in one place: a session of the database, and a cookie that names it.</summary>
public sealed class AccountSignIn(
    UserManager<Account> accounts,
    IHttpContextAccessor http,
    IUserClaimsPrincipalFactory<Account> principals,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Account>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Account> confirmation,
    CurrentSession current,
    StartSession start,
    StepUpSession stepUp,
    EndSession end)
    : SignInManager<Account>(accounts, http, principals, options, logger, schemes, confirmation)
{
    /// <summary>
    /// Signs in who has just proved it. Where this browser has a session of the same account already, the proof renews it
    /// (<c>max_age</c>, <c>prompt=login</c>, step-up); else a new one begins, and one of another account ends.
    /// </summary>
    public async Task<Session> SignInWithAsync(Account account, SignInEvidence evidence)
    {
        var session = current.SidOf(account.Id) is null ? null : await stepUp.ExecuteAsync(current.Session!, evidence, Context.RequestAborted);
        session ??= await start.ExecuteAsync(account, evidence, Context.Request.Headers.UserAgent, current.Session, Context.RequestAborted);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await SessionCookie.WriteAsync(Context, session);
        return session;
    }

    /// <summary>Where the framework's own sign-ins end.</summary>
    public override Task SignInWithClaimsAsync(Account user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims) =>
        SignInWithAsync(user, additionalClaims.Any(claim => claim is { Type: "amr", Value: "mfa" }) ? SignInEvidence.PasswordAndCode : SignInEvidence.Password);

    /// <summary>Nothing is in the cookie that could be old: the session that changed the account goes on.</summary>
    public override Task RefreshSignInAsync(Account user) => Task.CompletedTask;

    public override async Task<bool> CanSignInAsync(Account user) => user.DisabledAt is null && await base.CanSignInAsync(user);

    public override async Task SignOutAsync()
    {
        if (current.Session is { } session)
        {
            await end.ExecuteAsync(session.AccountId, session.Sid, SessionEnd.Reasons.SignedOut, session.AccountId, Context.RequestAborted);
            current.Session = null;
        }

        await Context.SignOutAsync(IdentityConstants.ApplicationScheme);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        Context.User = new ClaimsPrincipal(new ClaimsIdentity());
    }
}
