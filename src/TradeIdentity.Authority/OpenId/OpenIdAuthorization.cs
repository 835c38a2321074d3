using System.Collections.Immutable;
using System.Text.Json;

namespace TradeIdentity.Authority.OpenId;

/// <summary>What a subject (or a client for itself) has authorised a client to do.</summary>
public sealed class OpenIdAuthorization
{
    public required string Id { get; init; }

    public string? ApplicationId { get; set; }

    public DateTimeOffset? CreationDate { get; set; }

    public ImmutableDictionary<string, JsonElement> Properties { get; set; } = ImmutableDictionary<string, JsonElement>.Empty;

    public ImmutableArray<string> Scopes { get; set; } = [];

    public string? Status { get; set; }

    public string? Subject { get; set; }

    public string? Type { get; set; }

    internal string ConcurrencyToken { get; set; } = "";
}
