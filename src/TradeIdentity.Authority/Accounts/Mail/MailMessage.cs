using MimeKit;

namespace TradeIdentity.Authority.Accounts.Mail;

internal static class MailMessage
{
    public static MimeMessage Of(OutgoingMail mail, string from, string fromName, DateTimeOffset at)
    {
        var message = new MimeMessage { Subject = mail.Subject, Date = at, Body = new TextPart("plain") { Text = mail.Text } };
        message.From.Add(new MailboxAddress(fromName, from));
        message.To.Add(new MailboxAddress(mail.ToName, mail.To));
        // RFC 3834 §5: no absence note answers it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
