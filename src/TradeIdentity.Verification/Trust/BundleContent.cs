namespace TradeIdentity.Verification.Trust;

/// <summary>
/// What a trust bundle says: all that a post needs to verify with no network. Written by the authority, read by every
/// verifier; the CDDL is in <c>docs/trust-bundle.md</c>.
/// </summary>
public sealed record BundleContent
{
    /// <summary>Number of this bundle; a newer one has a higher number.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was signed; UTC, whole seconds.</summary>
    public required DateTimeOffset Issued { get; init; }

    /// <summary>When the next one is due: past it, a verifier without a policy of its own trusts no status of this one.</summary>
    public required DateTimeOffset NextUpdate { get; init; }

    /// <summary>COSE algorithms that a credential may be signed with.</summary>
    public required IReadOnlyList<int> Algorithms { get; init; }

    /// <summary>Who may sign credentials.</summary>
    public required IReadOnlyList<Issuer> Issuers { get; init; }

    /// <summary>The credential types, by code.</summary>
    public required IReadOnlyList<CredentialTypeEntry> CredentialTypes { get; init; }

    /// <summary>The AEO programmes' components, by code.</summary>
    public required IReadOnlyList<AeoComponentEntry> AeoComponents { get; init; }

    /// <summary>The status of every index of every list.</summary>
    public required IReadOnlyList<StatusSnapshot> StatusLists { get; init; }

    /// <summary>Anchors that will sign later bundles; a post pins them beside the one it has.</summary>
    public IReadOnlyList<TrustAnchor> AnnouncedAnchors { get; init; } = [];

    /// <summary>What became of operators of which credentials are still about; at most one of each.</summary>
    public IReadOnlyList<Succession> Successions { get; init; } = [];
}
