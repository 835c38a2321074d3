using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.IdentityProofs;

/// <summary>Records how well it was proven who the person of an account is, in place of what was recorded before. Nobody proves themselves.</summary>
public sealed class ProveIdentity(Database database, TimeProvider time, KeyEncryptionKey encryptionKey)
{
    public const int MaxSource = 200;
    public const int MaxReference = 100;

    private readonly SecretSeal _references = new(encryptionKey, "identity reference");

    /// <param name="accountId">Whose account it is.</param>
    /// <param name="said">What is said of the person.</param>
    /// <param name="actor">Who says it: a client or an account.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<Outcome<IdentityProof>> ExecuteAsync(string accountId, ProofOfIdentity said, string actor, CancellationToken cancellationToken)
    {
        if (actor == accountId)
        {
            return new Refusal("own_account", "Nobody proves their own identity: another administrator does.");
        }

        return Judge(accountId, said, actor).TryGet(out var proof, out var refusal)
            ? await database.WriteAsync(tx => RecordAsync(tx, proof), cancellationToken)
            : refusal;
    }

    private Outcome<IdentityProof> Judge(string accountId, ProofOfIdentity said, string actor)
    {
        if (!TrustFrameworks.All.Contains(said.TrustFramework))
        {
            return new Refusal("trust_framework_unknown", $"The trust framework is one of {string.Join(", ", TrustFrameworks.All)}.");
        }

        if (!ProofEvidence.TryParse(said.AssuranceLevel, out IdentityAssurance level))
        {
            return new Refusal("assurance_level_unknown", "The assurance level is low, substantial or high.");
        }

        if (!ProofEvidence.TryParse(said.ConfirmedBy, out IdentityConfirmation confirmation) || !ProofEvidence.TypesOf(confirmation).Contains(said.EvidenceType))
        {
            return new Refusal("evidence_unknown", "The confirmation is document, eid or officer, with a type of evidence that belongs to it.");
        }

        // OpenID Identity Assurance Schema Definition 1.0 §5.4.2: `eidas` denotes a notified scheme; a passport that an officer saw is none.
        if (said.TrustFramework == TrustFrameworks.Eidas && confirmation != IdentityConfirmation.ElectronicIdentification)
        {
            return new Refusal("trust_framework_mismatch", "Under eidas only an electronic identification proves a person.");
        }

        // Implementing Regulation (EU) 2015/1502, annex §2.1.2: from substantial on, it was verified that the person has the evidence.
        if (confirmation == IdentityConfirmation.Officer && level > IdentityAssurance.Low)
        {
            return new Refusal("assurance_level_too_high", "An officer's word without a document proves a person with low assurance.");
        }

        var given = said.GivenName.Length == 0 ? "" : PrintableText.Normalise(said.GivenName, PersonName.MaxLength);
        if (given is null || PrintableText.Normalise(said.FamilyName, PersonName.MaxLength) is not { } family)
        {
            return new Refusal("name_invalid", $"A name has 1 to {PersonName.MaxLength} printable characters; the given name can be empty.");
        }

        if (PrintableText.Normalise(said.EvidenceSource, MaxSource) is not { } source)
        {
            return new Refusal("evidence_source_invalid", $"The source of the evidence has 1 to {MaxSource} printable characters.");
        }

        if (said.Reference is { } text && PrintableText.Normalise(text, MaxReference) is null)
        {
            return new Refusal("reference_invalid", $"A reference has 1 to {MaxReference} printable characters.");
        }

        var now = time.GetUtcNow();
        if (said.ConfirmedAt > now || said.ConfirmedAt <= DateTimeOffset.UnixEpoch || said.ValidUntil <= now)
        {
            return new Refusal("proof_time_invalid", "A proof was confirmed in the past, and holds until a time to come.");
        }

        return new IdentityProof
        {
            AccountId = accountId,
            TrustFramework = said.TrustFramework,
            Assurance = level,
            GivenName = given,
            FamilyName = family,
            ConfirmedBy = confirmation,
            EvidenceType = said.EvidenceType,
            EvidenceSource = source,
            ReferenceDigest = said.Reference is { } reference ? _references.Hash(accountId, $"{said.EvidenceType}\0{PrintableText.Normalise(reference, MaxReference)}") : default(ReadOnlyMemory<byte>?),
            AssertedBy = actor,
            AssertedAt = now.WholeSeconds(),
            ConfirmedAt = said.ConfirmedAt.WholeSeconds(),
            ValidUntil = said.ValidUntil is { } until ? until.WholeSeconds() : null,
        };
    }

    private static async Task<Outcome<IdentityProof>> RecordAsync(WriteTransaction tx, IdentityProof proof)
    {
        var known = await tx.QuerySingleOrDefaultAsync<string>("SELECT family_name FROM accounts WHERE id = @Id", new { Id = proof.AccountId });
        if (known is null)
        {
            return Administration.LockAccount.Unknown;
        }

        // The guard against the proof of one person in the account of another. People leave out given names, and accents.
        if (known.Length > 0 && PrintableText.Fold(known.Trim()) != PrintableText.Fold(proof.FamilyName))
        {
            return new Refusal("name_differs", "The account has another family name than the evidence.");
        }

        await tx.ExecuteAsync(
            """
            INSERT INTO identity_proofs (account_id, trust_framework, assurance_level, given_name, family_name, confirmed_by, evidence_type,
                evidence_source, reference_digest, asserted_by, asserted_at, confirmed_at, valid_until)
            VALUES (@AccountId, @TrustFramework, @Assurance, @GivenName, @FamilyName, @ConfirmedBy, @EvidenceType,
                @EvidenceSource, @ReferenceDigest, @AssertedBy, @AssertedAt, @ConfirmedAt, @ValidUntil)
            ON CONFLICT (account_id) DO UPDATE SET trust_framework = excluded.trust_framework, assurance_level = excluded.assurance_level,
                given_name = excluded.given_name, family_name = excluded.family_name, confirmed_by = excluded.confirmed_by,
                evidence_type = excluded.evidence_type, evidence_source = excluded.evidence_source, reference_digest = excluded.reference_digest,
                asserted_by = excluded.asserted_by, asserted_at = excluded.asserted_at, confirmed_at = excluded.confirmed_at,
                valid_until = excluded.valid_until
            """,
            new
            {
                proof.AccountId,
                proof.TrustFramework,
                Assurance = proof.Assurance.ToCode(),
                proof.GivenName,
                proof.FamilyName,
                ConfirmedBy = proof.ConfirmedBy.ToCode(),
                proof.EvidenceType,
                proof.EvidenceSource,
                ReferenceDigest = proof.ReferenceDigest?.ToArray(),
                proof.AssertedBy,
                AssertedAt = proof.AssertedAt.ToUnixTimeSeconds(),
                ConfirmedAt = proof.ConfirmedAt.ToUnixTimeSeconds(),
                ValidUntil = proof.ValidUntil?.ToUnixTimeSeconds(),
            });
        await AuditTrail.AppendAsync(tx, proof.AssertedAt, AccountEvent.Of(
            SecurityEvents.IdentityProven,
            proof.AccountId,
            proof.AssertedBy,
            new AccountEvent { TrustFramework = proof.TrustFramework, AssuranceLevel = proof.Assurance.ToCode(), ConfirmedBy = proof.ConfirmedBy.ToCode() }));
        return proof;
    }
}
