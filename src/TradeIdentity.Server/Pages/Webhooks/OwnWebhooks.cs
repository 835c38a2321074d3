using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Webhooks;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Webhooks;

/// <summary>The webhooks of the entity of the session, for those who administer it.</summary>
public sealed class OwnWebhooks(SignedInAccount person, WebhookReader reader, Wording words)
{
    /// <summary>The entity that the person administers; null for none.</summary>
    internal async Task<Membership?> EntityAsync(CancellationToken cancellationToken) =>
        await person.ActingForAsync(cancellationToken) is { } entity && entity.Roles.Contains(MembershipRoles.Administrator) ? entity : null;

    /// <summary>The entity, and the webhook with this id where it is the entity's; else null, whatever there is.</summary>
    internal async Task<(Membership Entity, Webhook Webhook)?> FindAsync(object? id, CancellationToken cancellationToken) =>
        Guid.TryParseExact(id as string, "N", out _)
        && await EntityAsync(cancellationToken) is { } entity
        && await reader.FindAsync((string)id!, entity.Tin, cancellationToken) is { } webhook
            ? (entity, webhook)
            : null;

    internal string Say(Refusal refusal) => words.Find($"Webhooks.refusal.{refusal.Code}") ?? words["Webhooks.refusal.other"];

    /// <summary>The icon and the class of a state.</summary>
    internal static (string Icon, string Tag) Look(WebhookState state) => state switch
    {
        WebhookState.Active => ("done", "tag"),
        WebhookState.Paused => ("stop", "tag tag-stop"),
        _ => ("doubt", "tag tag-doubt"),
    };
}
