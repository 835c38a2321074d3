using System.Data.Common;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.Accounts;

/// <summary>Takes the mails that wait to the mail server, one after the other; what it refuses is tried again from the outbox.</summary>
internal sealed partial class SendWaitingMail(WaitingMail waiting, MailOutbox outbox, IMailOut mailOut, TimeProvider time, ILogger<SendWaitingMail> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(SendWaitingAsync(stoppingToken), Recurring.RunAsync(Interval, time, SendDueAsync, stoppingToken));

    private async Task SendWaitingAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var mail in waiting.All.ReadAllAsync(stoppingToken))
            {
                if (!await TrySendAsync(mail, stoppingToken))
                {
                    await KeepAsync(mail, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task SendDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var due in mailOut.CanSend ? await outbox.TakeDueAsync(cancellationToken) : [])
            {
                if (await TrySendAsync(due.Mail, cancellationToken))
                {
                    await outbox.RemoveAsync(due, cancellationToken);
                }
                else if (due.IsLastAttempt)
                {
                    await outbox.RemoveAsync(due, cancellationToken);
                    LogGivenUp();
                }
            }
        }
        catch (DbException failure)
        {
            LogNotRead(failure);
        }
    }

    private async Task<bool> TrySendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            await mailOut.SendAsync(mail, cancellationToken);
            return true;
        }
        catch (MailNotSentException unsent)
        {
            // Its message alone: what the mail server said can name the receiver.
            LogNotSent(unsent.Message);
            return false;
        }
    }

    private async Task KeepAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            await outbox.AddAsync(mail, cancellationToken);
        }
        catch (DbException failure)
        {
            LogNotRead(failure);
        }
    }

    [LoggerMessage(EventId = 5002, Level = LogLevel.Error, Message = "A mail was not sent: {Why}")]
    private partial void LogNotSent(string why);

    [LoggerMessage(EventId = 5006, Level = LogLevel.Error, Message = "A mail was given up after its last attempt")]
    private partial void LogGivenUp();

    [LoggerMessage(EventId = 5007, Level = LogLevel.Error, Message = "The outbox of mails could not be used; a mail may be lost")]
    private partial void LogNotRead(Exception failure);
}
