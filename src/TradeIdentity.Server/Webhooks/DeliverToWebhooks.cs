using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using TradeIdentity.Authority.Outbound;
using TradeIdentity.Authority.Webhooks;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.Webhooks;

/// <summary>Pushes what waits for webhooks (RFC 8935), until the receiver has taken it or it is given up.</summary>
internal sealed partial class DeliverToWebhooks(
    WebhookOutbox outbox, SecurityEventToken tokens, PublicHttp http, TimeProvider time, ILogger<DeliverToWebhooks> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(Interval, time, DeliverDueAsync, stoppingToken);

    private async Task DeliverDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await outbox.TakeDueAsync(cancellationToken) is { Count: > 0 } due)
            {
                await Task.WhenAll(due.Select(delivery => DeliverAsync(delivery, cancellationToken)));
            }
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException)
        {
            LogFailed(failure);
        }
    }

    private async Task DeliverAsync(DueDelivery delivery, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(tokens.Create(delivery)));
        content.Headers.ContentType = new MediaTypeHeaderValue(SecurityEventToken.MediaType);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(delivery.Webhook.Address)) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var answer = await http.SendAsync(request, cancellationToken);
        // RFC 8935 §2.2 wants 202; what many programs answer is as good. A redirect is no answer: it would name an address that nobody chose.
        if (answer is { Status: >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices })
        {
            await outbox.DeliveredAsync(delivery, (int)answer.Status, cancellationToken);
        }
        else if (await outbox.FailedAsync(delivery, (int?)answer?.Status ?? 0, answer is { Status: HttpStatusCode.Gone }, cancellationToken))
        {
            LogPaused(delivery.Webhook.Id);
        }
    }

    [LoggerMessage(EventId = 6001, Level = LogLevel.Error, Message = "Messages to webhooks could not be sent; they are tried again")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Warning, Message = "Webhook {Id} does not answer and is paused")]
    private partial void LogPaused(string id);
}
