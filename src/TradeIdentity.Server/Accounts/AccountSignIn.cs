using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Accounts;

/// <summary>The framework's sign-in, where every way in ends in one place: a session of the database, and a cookie that names it.</summary>
public sealed partial class AccountSignIn(
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

    /// <summary>Notes in a cookie of five minutes that the password was right. A change of the account's credentials makes it void.</summary>
    internal Task AwaitSecondFactorAsync(Account account) => Context.SignInAsync(
        IdentityConstants.TwoFactorUserIdScheme,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, account.Id), new Claim(Options.ClaimsIdentity.SecurityStampClaimType, account.SecurityStamp)],
            IdentityConstants.TwoFactorUserIdScheme)));

    /// <summary>Whose second factor is awaited; null where no password was given in the last minutes.</summary>
    public async Task<Account?> FindAwaitedAsync()
    {
        var awaited = (await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal;
        return awaited?.FindFirstValue(Options.ClaimsIdentity.SecurityStampClaimType) is { } stamp
            && awaited.FindFirstValue(ClaimTypes.Name) is { } id
            && await UserManager.FindByIdAsync(id) is { DisabledAt: null } account
            && account.SecurityStamp == stamp
            ? account
            : null;
    }

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
