namespace TradeIdentity.Authority.Accounts.IdentityProofs;

/// <summary>
/// Why it is believed who the person of an account is: who says so, what confirmed it, under which rules and how well, and until
/// when that holds. The names are those of the evidence, which the person may write differently.
/// </summary>
public sealed record IdentityProof
{
    public required string AccountId { get; init; }

    /// <summary>One of <see cref="TrustFrameworks"/>.</summary>
    public required string TrustFramework { get; init; }

    public required IdentityAssurance Assurance { get; init; }

    /// <summary>May be empty where the evidence has one name only, and then it stands as the family name.</summary>
    public required string GivenName { get; init; }

    public required string FamilyName { get; init; }

    public required IdentityConfirmation ConfirmedBy { get; init; }

    /// <summary>Of <see cref="ProofEvidence.TypesOf"/>.</summary>
    public required string EvidenceType { get; init; }

    /// <summary>Who issued the document or runs the electronic identification, or for whom the officer speaks; in words.</summary>
    public required string EvidenceSource { get; init; }

    /// <summary>Tells whether two proofs rest on the same document of this person, and nothing else of it; null where no reference was given.</summary>
    public ReadOnlyMemory<byte>? ReferenceDigest { get; init; }

    /// <summary>The client or account that brought it.</summary>
    public required string AssertedBy { get; init; }

    public required DateTimeOffset AssertedAt { get; init; }

    public required DateTimeOffset ConfirmedAt { get; init; }

    /// <summary>Null: no end is known.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    public bool HoldsAt(DateTimeOffset at) => ValidUntil is not { } until || at < until;
}
