using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Status;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Issuance;

/// <summary>Makes a draft from an operator's facts and lints it against the profile before anything is allocated or signed.</summary>
internal static class CredentialDraft
{
    // QR version 20 at M holds 970 alphanumeric characters: TI1: and the Base45 of 644 bytes. Denser codes fail on paper.
    private const int MaxMessageLength = 644;

    // Tag, array, protected header with kid and typ, empty unprotected header, payload head, signature: see CoseSign1.
    private const int EnvelopeLength = 3 + 20 + 3 + 66;
    private const int MaxPayloadLength = MaxMessageLength - EnvelopeLength;

    /// <summary>The prepared credential, or why the operator cannot have one of this type.</summary>
    internal static Outcome<PreparedCredential> Prepare(Operator @operator, int type, string issuerCode, SigningKey key, DateTimeOffset now)
    {
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var draft = new Credential
        {
            Issuer = issuerCode,
            Type = type,
            IssuedAt = issuedAt,
            NotBefore = issuedAt,
            ExpiresAt = Earlier(issuedAt + CredentialTypeCatalogue.Lifetime, key.VerifiesUntil),
            Status = new StatusReference(1, 0),
            LegalName = @operator.LegalName,
            Tin = @operator.Tin.ToString(),
            Jurisdiction = @operator.Jurisdiction.Country.Value,
            Identifiers = CredentialFacts.Identifiers(@operator, now),
            Roles = CredentialFacts.Roles(@operator),
            Address = CredentialFacts.Address(@operator),
            EntityAssurance = CredentialFacts.EntityAssurance(@operator, now),
        };
        return type switch
        {
            CredentialTypes.LegalIdentity => Lint(draft),
            CredentialTypes.AeoStatus => WithAeo(draft, @operator, DateOnly.FromDateTime(issuedAt.UtcDateTime)),
            CredentialTypes.Mandate => new Refusal("mandate_missing", "A Mandate credential states a registered mandate, and none is named."),
            _ => new Refusal("credential_type_unknown", "There is no such credential type in the catalogue."),
        };
    }

    private static Outcome<PreparedCredential> WithAeo(Credential draft, Operator @operator, DateOnly today)
    {
        var components = CredentialFacts.AeoComponents(@operator, today);
        return components.Any(component => component.Status == AeoComponentStatus.Granted)
            ? Lint(draft with { Aeo = components })
            : new Refusal("aeo_not_granted", "The operator has no AEO component that is granted and in effect today.");
    }

    private static Outcome<PreparedCredential> Lint(Credential draft)
    {
        var payload = LongestPayload(draft);
        if (payload.Length > MaxPayloadLength && draft.Address is not null)
        {
            // An address helps the eye only: it gives way before a name does.
            draft = draft with { Address = null };
            payload = LongestPayload(draft);
        }

        if (payload.Length > MaxPayloadLength)
        {
            return new Refusal("credential_too_large", "The facts take more than a QR code of version 20 holds: shorten the names or identifiers.");
        }

        // What the customs verifier would not read back as it was meant is not signed.
        return CredentialReader.TryRead(payload, out _)
            ? new PreparedCredential(draft)
            : new Refusal("credential_unencodable", "A fact of the operator is outside the QR profile: see docs/qr-profile.md for the bounds.");
    }

    // The index is not known yet: this is the longest one.
    private static byte[] LongestPayload(Credential draft) =>
        CredentialWriter.Write(draft with { Status = new StatusReference(ushort.MaxValue + 1, StatusIndexAllocator.ListCapacity) });

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
