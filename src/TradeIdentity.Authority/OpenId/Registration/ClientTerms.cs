namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>What a client may be registered with: what this server can do, and of that what whoever registers it is allowed.</summary>
public sealed record ClientTerms
{
    public required IReadOnlySet<string> GrantTypes { get; init; }

    public required IReadOnlySet<string> AuthenticationMethods { get; init; }

    public required IReadOnlySet<string> Scopes { get; init; }

    /// <summary>RFC 8705: whether this server sees the certificates of its clients.</summary>
    public bool TakesCertificates { get; init; }

    /// <summary>In Development also a web client, and an address that the server calls, may be on this machine and without TLS.</summary>
    public bool AllowsThisMachine { get; init; }
}
