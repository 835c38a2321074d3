using TradeIdentity.Authority.Notices;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>One message to a webhook, and what became of it.</summary>
/// <param name="Id">The <c>jti</c> of the message, the same at each attempt. Ids ascend with time.</param>
/// <param name="WebhookId">Where it goes.</param>
/// <param name="Kind">Of the notice that it carries; null: it asks whether somebody is there.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="AttemptedAt">The last time.</param>
/// <param name="Answer">The HTTP status of the last attempt; 0: there was no answer in time, or the address is not public.</param>
/// <param name="DeliveredAt">When it was taken.</param>
/// <param name="NextAttemptAt">When it is tried again; null: delivered, or given up.</param>
public sealed record WebhookDelivery(
    string Id, string WebhookId, string? Kind, int Attempts, DateTimeOffset? AttemptedAt, int? Answer, DateTimeOffset? DeliveredAt, DateTimeOffset? NextAttemptAt)
{
    public WebhookDeliveryState State => DeliveredAt is not null ? WebhookDeliveryState.Delivered
        : NextAttemptAt is not null ? WebhookDeliveryState.Waiting
        : WebhookDeliveryState.GivenUp;
}

/// <summary>What became of a message to a webhook.</summary>
public enum WebhookDeliveryState
{
    /// <summary>It is tried at its time, for the first time or again.</summary>
    Waiting,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It is tried no more, unless somebody has it sent again.</summary>
    GivenUp,
}

/// <summary>A message that is due.</summary>
/// <param name="Id">Its <c>jti</c>.</param>
/// <param name="Webhook">Where it goes.</param>
/// <param name="Notice">What it tells; null: it asks whether somebody is there.</param>
/// <param name="Attempts">How often it was tried, this time included.</param>
public sealed record DueDelivery(string Id, Webhook Webhook, Notice? Notice, int Attempts);
