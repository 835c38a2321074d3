using TradeIdentity.Codecs.Cose;

namespace TradeIdentity.Verification.Trust;

/// <summary>A key of an issuer, and what it may sign.</summary>
public sealed record IssuerKey
{
    /// <summary>x-coordinate of the P-256 point, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> X { get; init; }

    /// <summary>y-coordinate of the P-256 point, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> Y { get; init; }

    /// <summary>From when it signs.</summary>
    public required DateTimeOffset SignsFrom { get; init; }

    /// <summary>Until when it signs: a credential issued later is not of it.</summary>
    public required DateTimeOffset SignsUntil { get; init; }

    /// <summary>Codes of the credential types that it may sign; empty: none.</summary>
    public required IReadOnlyList<int> CredentialTypes { get; init; }

    /// <summary>Countries of the TINs that it may sign for; empty: every country.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>The first 8 bytes of its thumbprint (RFC 9679).</summary>
    public byte[] KeyId() => CoseKeyThumbprint.OfP256(X.Span, Y.Span)[..CoseSign1.KeyIdLength];
}
