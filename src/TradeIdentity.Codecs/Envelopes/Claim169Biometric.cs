namespace TradeIdentity.Codecs.Envelopes;

/// <summary>A biometric sample of a Claim 169 identity. Opaque: never looked into here.</summary>
public sealed record Claim169Biometric
{
    /// <summary>The sample, at most 64 KB by the bound of the envelope.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Data format, member 1: 0 image, 1 template, 2 sound, 3 hash; null where it is absent.</summary>
    public long? Format { get; init; }

    /// <summary>Data sub format, member 2, within the format; null where it is absent.</summary>
    public long? SubFormat { get; init; }

    /// <summary>Who took it, member 3; null where it is absent.</summary>
    public string? Issuer { get; init; }
}
