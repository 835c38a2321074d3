namespace TradeIdentity.Authority.Webhooks;

internal class WebhookRow
{
    public const string Columns = "w.id AS Id, w.tin AS Tin, w.address AS Address, w.created_at AS CreatedAt, w.confirmed_at AS ConfirmedAt, w.paused_at AS PausedAt";

    public required string Id { get; init; }

    public required string Tin { get; init; }

    public required string Address { get; init; }

    public long CreatedAt { get; init; }

    public long? ConfirmedAt { get; init; }

    public long? PausedAt { get; init; }

    public Webhook ToWebhook() => new(
        Id,
        Operators.Identifiers.Tin.Parse(Tin),
        Address,
        PausedAt is not null ? WebhookState.Paused : ConfirmedAt is null ? WebhookState.Unconfirmed : WebhookState.Active,
        DateTimeOffset.FromUnixTimeSeconds(CreatedAt));
}
