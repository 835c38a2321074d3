using System.Collections.Immutable;
using System.Text.Json;

namespace TradeIdentity.Authority.OpenId;

/// <summary>The entry of a token that can be redeemed or revoked one by one. Times are kept in whole seconds.</summary>
public sealed class OpenIdToken
{
    public required string Id { get; init; }

    public string? ApplicationId { get; set; }

    public string? AuthorizationId { get; set; }

    public DateTimeOffset? CreationDate { get; set; }

    public DateTimeOffset? ExpirationDate { get; set; }

    public string? Payload { get; set; }

    public ImmutableDictionary<string, JsonElement> Properties { get; set; } = ImmutableDictionary<string, JsonElement>.Empty;

    public DateTimeOffset? RedemptionDate { get; set; }

    /// <summary>The digest under which a reference token is found; the engine never hands the token itself to the store.</summary>
    public string? ReferenceId { get; set; }

    public string? Status { get; set; }

    public string? Subject { get; set; }

    public string? Type { get; set; }

    internal string ConcurrencyToken { get; set; } = "";

    /// <summary>What it hangs from, as it stood when the token was read; null for a new one, and for one that hangs from nothing.</summary>
    internal OpenIdAuthorization? Authorization { get; set; }
}
