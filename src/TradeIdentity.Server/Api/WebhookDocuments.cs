using TradeIdentity.Authority.Webhooks;

namespace TradeIdentity.Server.Api;

/// <summary>Where notices are to be sent.</summary>
/// <param name="Address">An https address on the Internet.</param>
internal sealed record NewWebhookBody(string Address);

/// <summary>Where the notices of an operator are sent.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Tin">The operator.</param>
/// <param name="Address">Where.</param>
/// <param name="State"><c>unconfirmed</c>: nobody has answered there yet; <c>active</c>; <c>paused</c>: nobody answers there any more.</param>
/// <param name="CreatedAt">When it was added.</param>
internal sealed record WebhookBody(string Id, string Tin, string Address, string State, DateTimeOffset CreatedAt)
{
    internal static WebhookBody Of(Webhook webhook) => new(webhook.Id, webhook.Tin.Value, webhook.Address, webhook.State.ToCode(), webhook.CreatedAt);
}

/// <summary>The webhooks of an operator: few, and all of them.</summary>
internal sealed record WebhookListBody(IReadOnlyList<WebhookBody> Items);

/// <summary>One message to a webhook.</summary>
/// <param name="Id">Its <c>jti</c>.</param>
/// <param name="Kind">Of the notice that it carries; not there for a test message.</param>
/// <param name="State"><c>waiting</c>, <c>delivered</c> or <c>given-up</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="AttemptedAt">The last time.</param>
/// <param name="Answer">The HTTP status of the last attempt; 0 for none.</param>
/// <param name="DeliveredAt">When it was taken.</param>
/// <param name="NextAttemptAt">When it is tried again.</param>
internal sealed record WebhookDeliveryBody(
    string Id, string? Kind, string State, int Attempts, DateTimeOffset? AttemptedAt, int? Answer, DateTimeOffset? DeliveredAt, DateTimeOffset? NextAttemptAt)
{
    internal static WebhookDeliveryBody Of(WebhookDelivery delivery) => new(
        delivery.Id, delivery.Kind, delivery.State.ToCode(), delivery.Attempts, delivery.AttemptedAt, delivery.Answer, delivery.DeliveredAt, delivery.NextAttemptAt);
}

/// <summary>A page of the log, newest first; the next one has this cursor, the last page none.</summary>
internal sealed record WebhookDeliveryPageBody(IReadOnlyList<WebhookDeliveryBody> Items, string? NextCursor);
