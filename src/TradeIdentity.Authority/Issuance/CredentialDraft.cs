using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Privacy;
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
    /// <param name="operator">The subject.</param>
    /// <param name="type">Of the catalogue.</param>
    /// <param name="mandate">Of a Mandate credential.</param>
    /// <param name="issuerCode">Of the trust bundle.</param>
    /// <param name="key">That will sign.</param>
    /// <param name="now">When.</param>
    internal static Outcome<PreparedCredential> Prepare(Operator @operator, int type, MandateFacts? mandate, string issuerCode, SigningKey key, DateTimeOffset now)
    {
        if (GetOperator.Ended(@operator) is { } ended)
        {
            return ended;
        }

        var issuedAt = now.WholeSeconds();
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
            // Whoever is shown the code reads all of it. Name, TIN and country are what it is for.
            Identifiers = PrivacyTable.Tell(Viewer.AnonymousChecker, PrivateFact.Identifiers, CredentialFacts.Identifiers(@operator, now)) ?? [],
            Roles = PrivacyTable.Tell(Viewer.AnonymousChecker, PrivateFact.TradeRoles, CredentialFacts.Roles(@operator)) ?? [],
            Address = PrivacyTable.Tell(Viewer.AnonymousChecker, PrivateFact.RegisteredAddress, CredentialFacts.Address(@operator)),
            EntityAssurance = CredentialFacts.EntityAssurance(@operator, now),
        };
        return type switch
        {
            CredentialTypes.LegalIdentity => Lint(draft),
            CredentialTypes.AeoStatus => WithAeo(draft, @operator, DateOnly.FromDateTime(issuedAt.UtcDateTime)),
            CredentialTypes.Mandate => WithMandate(draft, mandate, now),
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

    // Whom the bearer acts for is all that it is shown for: the rest of the subject stays out of the code.
    private static Outcome<PreparedCredential> WithMandate(Credential draft, MandateFacts? mandate, DateTimeOffset now)
    {
        if (mandate is null)
        {
            return new Refusal("mandate_missing", "A Mandate credential states a mandate: name one that there is.");
        }

        if (mandate.Subject.Value != draft.Tin)
        {
            return new Refusal("mandate_not_of_operator", "The mandate is of another operator: its representative, or who granted it to a natural person.");
        }

        return mandate.Chain.FaultAt(now) is { } fault
            ? new Refusal("mandate_not_in_force", $"The mandate does not hold: {fault.ToCode()}.")
            : Lint(draft with { Identifiers = [], Roles = [], Address = null, ExpiresAt = Earlier(draft.ExpiresAt, mandate.Chain.ValidUntil), Mandate = mandate.Claim });
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
