using TradeIdentity.Authority.Operators.Imports;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.Imports;

/// <summary>Deletes what became of files that were imported long ago, half an hour after the start and then each day.</summary>
internal sealed partial class DeleteOldImportsDaily(RegisterImports imports, TimeProvider time, ILogger<DeleteOldImportsDaily> logger) : BackgroundService
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunDailyAsync(AfterStart, time, imports.DeleteOldAsync, LogNotDeleted, stoppingToken);

    [LoggerMessage(EventId = 5302, Level = LogLevel.Error, Message = "Imports of long ago could not be deleted; it is tried again")]
    private partial void LogNotDeleted(Exception failure);
}
