namespace TradeIdentity.Verification.Trust;

/// <summary>An authority whose credentials a bundle makes verifiable.</summary>
public sealed record Issuer
{
    /// <summary>Short code, e.g. <c>NL-DOUANE</c>; the <c>iss</c> of its credentials.</summary>
    public required string Code { get; init; }

    /// <summary>Display name by language tag, English first.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Names { get; init; }

    /// <summary>Its address, a URL.</summary>
    public required string EntityId { get; init; }

    /// <summary>Its keys, old and new.</summary>
    public required IReadOnlyList<IssuerKey> Keys { get; init; }
}
