using System.Data.Common;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Outbound;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.OpenId.Logout;

/// <summary>Tells the clients of a session that it ended (OpenID Connect Back-Channel Logout 1.0 §2.5), from the outbox, until they have heard it.</summary>
internal sealed partial class SendLogoutMessages(
    LogoutOutbox outbox, LogoutToken tokens, PairwiseSubjects subjects, PublicHttp http, IServiceScopeFactory scopes, TimeProvider time, ILogger<SendLogoutMessages> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(Interval, time, SendDueAsync, stoppingToken);

    private async Task SendDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await outbox.TakeDueAsync(cancellationToken) is { Count: > 0 } due)
            {
                await Task.WhenAll(due.Select(message => SendAsync(message, cancellationToken)));
            }
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException)
        {
            LogFailed(failure);
        }
    }

    private async Task SendAsync(LogoutMessage message, CancellationToken cancellationToken)
    {
        if (await ClientAsync(message.ClientId, cancellationToken) is { BackchannelLogoutUri: { } address } client && !await DeliverAsync(message, client, address, cancellationToken))
        {
            if (message.Attempts < LogoutOutbox.MostAttempts)
            {
                return;
            }

            LogGivenUp(message.ClientId);
        }

        await outbox.RemoveAsync(message, cancellationToken);
    }

    // Null where the client is gone.
    private async Task<ClientMetadata?> ClientAsync(string clientId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var client = await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().FindByClientIdAsync(clientId, cancellationToken);
        return client is null ? null : ClientMetadata.Of(client);
    }

    private async Task<bool> DeliverAsync(LogoutMessage message, ClientMetadata client, Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("logout_token", tokens.Create(client, await subjects.OfAsync(client, message.AccountId, cancellationToken), message.Sid))]),
        };
        // §2.8: 200; 204 is what some send. A 400 says that the client could not log out: trying again is all that can be done.
        return await http.SendAsync(request, cancellationToken) is { Status: System.Net.HttpStatusCode.OK or System.Net.HttpStatusCode.NoContent };
    }

    [LoggerMessage(EventId = 4010, Level = LogLevel.Error, Message = "Messages that sessions ended could not be sent; they are tried again")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(EventId = 4011, Level = LogLevel.Warning, Message = "Client {ClientId} could not be told that a session ended: given up")]
    private partial void LogGivenUp(string clientId);
}
