namespace TradeIdentity.Authority.Accounts.Mail;

/// <summary>The way out for mail.</summary>
public interface IMailOut
{
    /// <summary>False where no mail is configured: what needs mail then says so, and is refused.</summary>
    bool CanSend { get; }

    /// <exception cref="MailNotSentException">The mail did not go out.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
