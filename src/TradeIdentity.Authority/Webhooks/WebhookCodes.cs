namespace TradeIdentity.Authority.Webhooks;

/// <summary>The states as the API and the words of the pages name them.</summary>
public static class WebhookCodes
{
    public static string ToCode(this WebhookState state) => state switch
    {
        WebhookState.Unconfirmed => "unconfirmed",
        WebhookState.Active => "active",
        WebhookState.Paused => "paused",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string ToCode(this WebhookDeliveryState state) => state switch
    {
        WebhookDeliveryState.Waiting => "waiting",
        WebhookDeliveryState.Delivered => "delivered",
        WebhookDeliveryState.GivenUp => "given-up",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
