namespace TradeIdentity.Authority.Accounts.IdentityProofs;

/// <summary>What someone who may prove identities says of a person; <see cref="ProveIdentity"/> judges it.</summary>
/// <param name="TrustFramework">Of <see cref="TrustFrameworks"/>.</param>
/// <param name="AssuranceLevel"><c>low</c>, <c>substantial</c> or <c>high</c>.</param>
/// <param name="ConfirmedBy"><c>document</c>, <c>eid</c> or <c>officer</c>.</param>
/// <param name="EvidenceType">Of <see cref="ProofEvidence.TypesOf"/>.</param>
/// <param name="EvidenceSource">Who issued the document, runs the scheme, or for whom the officer speaks.</param>
/// <param name="Reference">A number of the document or of the assertion; only a keyed digest of it is kept.</param>
/// <param name="GivenName">As the evidence writes it; may be empty.</param>
/// <param name="FamilyName">As the evidence writes it.</param>
/// <param name="ConfirmedAt">When the person was identified.</param>
/// <param name="ValidUntil">Null: no end is known.</param>
public sealed record ProofOfIdentity(
    string TrustFramework,
    string AssuranceLevel,
    string ConfirmedBy,
    string EvidenceType,
    string EvidenceSource,
    string? Reference,
    string GivenName,
    string FamilyName,
    DateTimeOffset ConfirmedAt,
    DateTimeOffset? ValidUntil);
