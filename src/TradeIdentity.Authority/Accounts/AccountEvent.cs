using System.Text.Json.Serialization;
using TradeIdentity.Authority.Audit;

namespace TradeIdentity.Authority.Accounts;

/// <summary>What happened to an account, for the audit trail: its id, and words of the program; nothing of the person.</summary>
internal sealed record AccountEvent
{
    public IReadOnlyList<string>? Amr { get; init; }

    public string? Acr { get; init; }

    public string? Sid { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    public string? Tin { get; init; }

    public string? Client { get; init; }

    public string? TrustFramework { get; init; }

    public string? AssuranceLevel { get; init; }

    public string? ConfirmedBy { get; init; }

    public static AuditRecord Of(string act, string accountId, string actor, AccountEvent? details = null) =>
        new(actor, act, $"account:{accountId}", System.Text.Json.JsonSerializer.Serialize(details ?? new AccountEvent(), AccountEventJson.Default.AccountEvent));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountEvent))]
internal sealed partial class AccountEventJson : JsonSerializerContext;
