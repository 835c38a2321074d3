namespace TradeIdentity.Authority.Documents;

/// <summary>A document that somebody attached to what they ask of the authority.</summary>
public sealed record AttachedDocument
{
    public required string Id { get; init; }

    /// <summary>As it was named: to be shown, and never a path.</summary>
    public required string Name { get; init; }

    /// <summary>By its first bytes, whatever its name says.</summary>
    public required string MediaType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content in hexadecimal: the same bytes are stored once.</summary>
    public required string Digest { get; init; }

    public required string AttachedBy { get; init; }

    public required DateTimeOffset AttachedAt { get; init; }
}
