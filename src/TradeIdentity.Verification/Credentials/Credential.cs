namespace TradeIdentity.Verification.Credentials;

/// <summary>
/// What a credential of the QR profile says, decoded. It is a statement of its issuer only when a verdict carries it;
/// decoding alone proves nothing.
/// </summary>
public sealed record Credential
{
    /// <summary>Issuer code of the trust bundle, e.g. <c>NL</c> or <c>NL-DOUANE</c> (claim <c>iss</c>).</summary>
    public required string Issuer { get; init; }

    /// <summary>Code of the credential type in the catalogue of the trust bundle; see <see cref="CredentialTypes"/>.</summary>
    public required int Type { get; init; }

    /// <summary>When it was signed; UTC, whole seconds (claim <c>iat</c>).</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>From when it holds; equal to <see cref="IssuedAt"/> where the claim <c>nbf</c> is absent.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>From when on it no longer holds (claim <c>exp</c>).</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Where its status is found.</summary>
    public required StatusReference Status { get; init; }

    /// <summary>Registered name of the legal entity, in its own script.</summary>
    public required string LegalName { get; init; }

    /// <summary>WCO Trader Identification Number: the key of the operator.</summary>
    public required string Tin { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of the law the entity exists under; the country of the TIN unless stated.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>Other identifiers of the entity, by scheme.</summary>
    public IReadOnlyList<IdentifierClaim> Identifiers { get; init; } = [];

    /// <summary>UN/EDIFACT 3035 codes, e.g. <c>IM</c>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>AEO components, each with its status and dates.</summary>
    public IReadOnlyList<AeoComponentClaim> Aeo { get; init; } = [];

    /// <summary>Registered address on one line, or null.</summary>
    public string? Address { get; init; }

    /// <summary>How well the legal entity was proven: 1 low, 2 substantial, 3 high; null where not stated.</summary>
    public int? EntityAssurance { get; init; }

    /// <summary>For whom the entity acts: of a Mandate credential, and null in every other.</summary>
    public MandateClaim? Mandate { get; init; }
}
