namespace TradeIdentity.Authority.Configuration;

/// <summary>Section <c>Issuer</c>: who this authority is.</summary>
public sealed class IssuerOptions
{
    /// <summary>Public address, e.g. <c>https://identity.customs.example</c>; https outside Development.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Short code in every credential: a country, or a country and an authority, e.g. <c>NL</c>, <c>NL-DOUANE</c>.</summary>
    public string Code { get; set; } = "";

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; set; } = "";

    /// <summary>Display name by language tag; <c>en</c> is required.</summary>
    public Dictionary<string, string> Names { get; } = [];
}
