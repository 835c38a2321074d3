using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace TradeIdentity.Authority.OpenId;

/// <summary>A scope registered at run time, beside those that the program itself knows.</summary>
public sealed class OpenIdScope
{
    public required string Id { get; init; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public ImmutableDictionary<CultureInfo, string> Descriptions { get; set; } = ImmutableDictionary<CultureInfo, string>.Empty;

    public string? DisplayName { get; set; }

    public ImmutableDictionary<CultureInfo, string> DisplayNames { get; set; } = ImmutableDictionary<CultureInfo, string>.Empty;

    public ImmutableDictionary<string, JsonElement> Properties { get; set; } = ImmutableDictionary<string, JsonElement>.Empty;

    public ImmutableArray<string> Resources { get; set; } = [];

    internal string ConcurrencyToken { get; set; } = "";
}
