using Microsoft.Extensions.DependencyInjection;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>The acts on webhooks as services.</summary>
public static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookTerms>();
        services.AddSingleton<WebhookReader>();
        services.AddSingleton<AddWebhook>();
        services.AddSingleton<RemoveWebhook>();
        services.AddSingleton<TestWebhook>();
        services.AddSingleton<ResendToWebhook>();
        services.AddSingleton<WebhookOutbox>();
        services.AddSingleton<PruneWebhookDeliveries>();
        return services;
    }
}
