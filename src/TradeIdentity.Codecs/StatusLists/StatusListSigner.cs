namespace TradeIdentity.Codecs.StatusLists;

/// <summary>Who signs Status List Tokens: ES256, with the key kept outside.</summary>
public sealed record StatusListSigner
{
    /// <summary>Names the key, in <c>kid</c>; in the CWT as UTF-8.</summary>
    public required string KeyId { get; init; }

    /// <summary>
    /// The certificates of the key, DER, the key's own first, for <c>x5c</c> or <c>x5chain</c>; HAIP 1.0 wants them, without
    /// the anchor. Empty for none.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; init; } = [];

    /// <summary>Gives the ECDSA P-256 signature (r ‖ s, 64 bytes) of a SHA-256 hash of 32 bytes.</summary>
    public required Func<byte[], byte[]> SignHash { get; init; }
}
