namespace TradeIdentity.Authority.Accounts.IdentityProofs;

/// <summary>A row of <c>identity_proofs</c>.</summary>
internal sealed class IdentityProofRow
{
    /// <summary>For a query that calls the table <c>p</c>.</summary>
    public const string Columns =
        """
        p.account_id AS AccountId, p.trust_framework AS TrustFramework, p.assurance_level AS AssuranceLevel, p.given_name AS ProvenGivenName,
        p.family_name AS ProvenFamilyName, p.confirmed_by AS ConfirmedBy, p.evidence_type AS EvidenceType, p.evidence_source AS EvidenceSource,
        p.reference_digest AS ReferenceDigest, p.asserted_by AS AssertedBy, p.asserted_at AS AssertedAt, p.confirmed_at AS ConfirmedAt,
        p.valid_until AS ValidUntil
        """;

    public required string AccountId { get; init; }

    public required string TrustFramework { get; init; }

    public required string AssuranceLevel { get; init; }

    public required string ProvenGivenName { get; init; }

    public required string ProvenFamilyName { get; init; }

    public required string ConfirmedBy { get; init; }

    public required string EvidenceType { get; init; }

    public required string EvidenceSource { get; init; }

    public byte[]? ReferenceDigest { get; init; }

    public required string AssertedBy { get; init; }

    public long AssertedAt { get; init; }

    public long ConfirmedAt { get; init; }

    public long? ValidUntil { get; init; }

    public IdentityProof ToProof() => new()
    {
        AccountId = AccountId,
        TrustFramework = TrustFramework,
        Assurance = ProofEvidence.TryParse(AssuranceLevel, out IdentityAssurance level) ? level : throw Damaged(),
        GivenName = ProvenGivenName,
        FamilyName = ProvenFamilyName,
        ConfirmedBy = ProofEvidence.TryParse(ConfirmedBy, out IdentityConfirmation confirmation) ? confirmation : throw Damaged(),
        EvidenceType = EvidenceType,
        EvidenceSource = EvidenceSource,
        ReferenceDigest = ReferenceDigest is { } digest ? digest : default(ReadOnlyMemory<byte>?),
        AssertedBy = AssertedBy,
        AssertedAt = DateTimeOffset.FromUnixTimeSeconds(AssertedAt),
        ConfirmedAt = DateTimeOffset.FromUnixTimeSeconds(ConfirmedAt),
        ValidUntil = ValidUntil is { } until ? DateTimeOffset.FromUnixTimeSeconds(until) : null,
    };

    private static InvalidDataException Damaged() => new("A stored proof of identity has a code that this version does not know.");
}
