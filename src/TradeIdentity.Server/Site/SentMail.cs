using TradeIdentity.Authority.Accounts.Mail;

namespace TradeIdentity.Server.Site;

/// <summary>Where mail can be read that was sent by a server in Development.</summary>
public sealed class SentMail(IMailOut mail)
{
    /// <summary>The folder; null where mail goes to its receivers.</summary>
    public string? Folder => mail is MaildirMailOut ? Accounts.MailSetup.Folder : null;
}
