namespace TradeIdentity.Authority.OpenId;

/// <summary>What an administrator says of a client, and no client of itself.</summary>
public sealed record ConfiguredRights
{
    /// <summary>The resources, beside this server, for which it may ask tokens (RFC 8707).</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary><c>fapi2</c>, or null.</summary>
    public string? SecurityProfile { get; init; }
}
