using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts.Mail;

namespace TradeIdentity.Authority.Accounts.Registration;

/// <summary>What the acts that end in a mail share: whether there is mail at all, how often, and the mails themselves.</summary>
public sealed class MailToAccount(IMailOut mailOut, WaitingMail waiting, AccountMails mails, RateLimits limits, UserManager<Account> accounts)
{
    private static readonly RateLimit OfAddress = new("mail address", 20, TimeSpan.FromHours(1));
    private static readonly RateLimit OfReceiver = new("mail receiver", 5, TimeSpan.FromHours(1));

    /// <summary>Null where a mail may be sent; else the answer of the act.</summary>
    public async Task<MailActAnswer?> RefuseAsync(string email, string networkKey, CancellationToken cancellationToken)
    {
        if (!mailOut.CanSend)
        {
            return new MailActAnswer.NoMail();
        }

        var wait = await limits.TakeAsync([(OfAddress, networkKey), (OfReceiver, accounts.NormalizeEmail(email))], cancellationToken);
        return wait > 0 ? new MailActAnswer.Wait(wait) : null;
    }

    public async Task<MailActAnswer> ConfirmationAsync(Account account) => Add(mails.Confirmation(account, await accounts.GenerateEmailConfirmationTokenAsync(account)));

    public async Task<MailActAnswer> ResetAsync(Account account) => Add(mails.Reset(account, await accounts.GeneratePasswordResetTokenAsync(account)));

    public MailActAnswer AccountExists(Account account) => Add(mails.AccountExists(account));

    private MailActAnswer Add(OutgoingMail mail) => waiting.TryAdd(mail) ? new MailActAnswer.Sent() : new MailActAnswer.Wait(60);
}
