using Microsoft.AspNetCore.Identity;

namespace TradeIdentity.Authority.Accounts.Registration;

/// <summary>Confirms an e-mail address by the link that was mailed to it, and mails that link again.</summary>
public sealed class ConfirmEmail(UserManager<Account> accounts, MailToAccount mail)
{
    /// <returns>Whether the link was good: of this account, not older than a day, its credentials unchanged since.</returns>
    public async Task<bool> ExecuteAsync(string accountId, string token) =>
        await accounts.FindByIdAsync(accountId) is { DisabledAt: null } account && (await accounts.ConfirmEmailAsync(account, token)).Succeeded;

    public async Task<MailActAnswer> SendAgainAsync(string accountId, string networkKey, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByIdAsync(accountId);
        return await mail.RefuseAsync(account?.Email ?? accountId, networkKey, cancellationToken) is { } refused
            ? refused
            : account is { EmailConfirmed: false, DisabledAt: null } ? await mail.ConfirmationAsync(account) : new MailActAnswer.Sent();
    }
}
