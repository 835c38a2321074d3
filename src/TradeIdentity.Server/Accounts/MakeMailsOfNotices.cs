using System.Data.Common;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.Accounts;

/// <summary>Makes mails of the notices that wait, until none does.</summary>
internal sealed partial class MakeMailsOfNotices(MailNotices mails, TimeProvider time, ILogger<MakeMailsOfNotices> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(Interval, time, MakeAsync, stoppingToken);

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await mails.ExecuteAsync(cancellationToken) > 0)
            {
            }
        }
        catch (DbException failure)
        {
            LogNotMade(failure);
        }
    }

    [LoggerMessage(EventId = 5008, Level = LogLevel.Error, Message = "Mails of notices could not be made; they are tried again")]
    private partial void LogNotMade(Exception failure);
}
