namespace TradeIdentity.Authority.Accounts.Mail;

/// <summary>Production without the section Mail.</summary>
public sealed class NoMailOut : IMailOut
{
    public bool CanSend => false;

    public Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken) => throw new InvalidOperationException("No mail is configured: ask CanSend first.");
}
