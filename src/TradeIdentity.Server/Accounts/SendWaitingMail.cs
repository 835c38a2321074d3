using TradeIdentity.Authority.Accounts.Mail;

namespace TradeIdentity.Server.Accounts;

/// <summary>Takes the mails that wait to the mail server, one after the other.</summary>
internal sealed partial class SendWaitingMail(WaitingMail waiting, IMailOut mailOut, ILogger<SendWaitingMail> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var mail in waiting.All.ReadAllAsync(stoppingToken))
            {
                await SendAsync(mail, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            await mailOut.SendAsync(mail, cancellationToken);
        }
        catch (MailNotSentException unsent)
        {
            // Its message alone: what the mail server said can name the receiver.
            LogNotSent(unsent.Message);
        }
    }

    [LoggerMessage(EventId = 5002, Level = LogLevel.Error, Message = "A mail was not sent: {Why}")]
    private partial void LogNotSent(string why);
}
