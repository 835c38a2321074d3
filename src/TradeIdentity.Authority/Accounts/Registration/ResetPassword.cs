using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Authority.Accounts.Registration;

/// <summary>Sets a new password by a link that was mailed. All sessions end, and all tokens: who had the old password is out.</summary>
public sealed class ResetPassword(UserManager<Account> accounts, MailToAccount mail, SignOutEverywhere signOut)
{
    /// <summary>Mails the link, where the address has an account that is confirmed.</summary>
    public async Task<MailActAnswer> SendAsync(string email, string networkKey, CancellationToken cancellationToken)
    {
        if (await mail.RefuseAsync(email, networkKey, cancellationToken) is { } refused)
        {
            return refused;
        }

        return await accounts.FindByEmailAsync(email) is { EmailConfirmed: true, DisabledAt: null } account ? await mail.ResetAsync(account) : new MailActAnswer.Sent();
    }

    /// <returns>Why not, as codes: <c>InvalidToken</c> where the link is no longer good, else those of the password's rules; none where it is set.</returns>
    public async Task<IReadOnlyList<string>> ExecuteAsync(string accountId, string token, string password, CancellationToken cancellationToken)
    {
        if (await accounts.FindByIdAsync(accountId) is not { DisabledAt: null } account)
        {
            return [nameof(IdentityErrorDescriber.InvalidToken)];
        }

        var reset = await accounts.ResetPasswordAsync(account, token, password);
        if (!reset.Succeeded)
        {
            return [.. reset.Errors.Select(error => error.Code)];
        }

        await signOut.ExecuteAsync(account.Id, account.Id, cancellationToken);
        await accounts.ResetAccessFailedCountAsync(account);
        return [];
    }
}
