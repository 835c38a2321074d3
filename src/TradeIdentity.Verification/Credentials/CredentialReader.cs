using System.Diagnostics.CodeAnalysis;
using TradeIdentity.Codecs.Cbor;
using static TradeIdentity.Verification.Credentials.CredentialFormat;
using static TradeIdentity.Verification.Credentials.ProfileText;

namespace TradeIdentity.Verification.Credentials;

/// <summary>Reads the payload of a credential: strictly the profile, one encoding for one set of claims.</summary>
public static class CredentialReader
{
    /// <summary>Decodes the CWT claims set <paramref name="payload"/>.</summary>
    /// <param name="payload">The payload of the COSE_Sign1 message, all of it.</param>
    /// <param name="credential">What it says; null where the answer is false.</param>
    /// <returns>False for anything that a writer of the profile would not write.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out Credential? credential)
    {
        credential = null;
        var reader = new DeterministicCborReader(payload);
        var draft = default(Draft);
        if (!TryReadClaims(ref reader, ref draft) || !reader.AtEnd)
        {
            return false;
        }

        credential = draft.ToCredential();
        return credential is not null;
    }

    private static bool TryReadClaims(ref DeterministicCborReader reader, ref Draft draft)
    {
        if (!reader.TryReadMap(out var count))
        {
            return false;
        }

        var key = DeterministicCborReader.BeforeFirstKey;
        while (count-- > 0)
        {
            var read = reader.TryReadKey(ref key) && key switch
            {
                Issuer => reader.TryReadText(MaxIssuerBytes, out draft.Issuer) && IsIssuerCode(draft.Issuer),
                ExpiresAt => TryReadTime(ref reader, out draft.ExpiresAt),
                NotBefore => TryReadTime(ref reader, out draft.NotBefore),
                IssuedAt => TryReadTime(ref reader, out draft.IssuedAt),
                TradeFacts => TryReadFacts(ref reader, ref draft),
                Status => TryReadStatus(ref reader, out draft.Status),
                _ => false,
            };
            if (!read)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadFacts(ref DeterministicCborReader reader, ref Draft draft)
    {
        if (!reader.TryReadMap(out var count))
        {
            return false;
        }

        var key = DeterministicCborReader.BeforeFirstKey;
        while (count-- > 0)
        {
            var read = reader.TryReadKey(ref key) && key switch
            {
                CredentialType => TryReadSmall(ref reader, 1, byte.MaxValue, out draft.Type),
                LegalName => TryReadNonEmpty(ref reader, MaxLegalNameBytes, out draft.LegalName),
                Tin => reader.TryReadText(MaxTinLength, out draft.Tin) && IsTin(draft.Tin),
                Jurisdiction => reader.TryReadText(2, out draft.Jurisdiction) && IsCountry(draft.Jurisdiction),
                Identifiers => TryReadIdentifiers(ref reader, out draft.Identifiers),
                Roles => TryReadRoles(ref reader, out draft.Roles),
                Aeo => TryReadAeo(ref reader, out draft.Aeo),
                Address => TryReadNonEmpty(ref reader, MaxAddressBytes, out draft.Address),
                EntityAssurance => TryReadSmall(ref reader, 1, MaxEntityAssurance, out draft.EntityAssurance),
                Mandate => MandateFormat.TryRead(ref reader, out draft.Mandate),
                _ => false,
            };
            if (!read)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadStatus(ref DeterministicCborReader reader, out StatusReference status)
    {
        status = default;
        if (!reader.TryReadArray(out var count) || count != 2
            || !TryReadSmall(ref reader, 1, StatusListLimit - 1, out var list)
            || !TryReadSmall(ref reader, 0, StatusIndexLimit - 1, out var index))
        {
            return false;
        }

        status = new StatusReference(list, index);
        return true;
    }

    // { scheme => value }; a scheme with a minus sign: declared, confirmed by nothing.
    private static bool TryReadIdentifiers(ref DeterministicCborReader reader, out IdentifierClaim[] identifiers)
    {
        identifiers = [];
        if (!reader.TryReadMap(out var count) || count is 0 or > MaxItems)
        {
            return false;
        }

        var read = new IdentifierClaim[count];
        var scheme = DeterministicCborReader.BeforeFirstKey;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadKey(ref scheme) || scheme is 0 or < -MaxIdentifierScheme or > MaxIdentifierScheme
                || !TryReadNonEmpty(ref reader, MaxIdentifierBytes, out var value))
            {
                return false;
            }

            read[i] = new IdentifierClaim((int)Math.Abs(scheme), value, IsConfirmed: scheme > 0);
        }

        identifiers = read;
        return true;
    }

    private static bool TryReadRoles(ref DeterministicCborReader reader, out string[] roles)
    {
        roles = [];
        if (!reader.TryReadArray(out var count) || count is 0 or > MaxItems)
        {
            return false;
        }

        var read = new string[count];
        for (var i = 0; i < count; i++)
        {
            if (!TryReadNonEmpty(ref reader, MaxRoleBytes, out read[i]) || !IsUpperAlphanumeric(read[i]))
            {
                return false;
            }
        }

        roles = read;
        return true;
    }

    private static bool TryReadAeo(ref DeterministicCborReader reader, out AeoComponentClaim[] components)
    {
        components = [];
        if (!reader.TryReadArray(out var count) || count is 0 or > MaxItems)
        {
            return false;
        }

        var read = new AeoComponentClaim[count];
        for (var i = 0; i < count; i++)
        {
            if (!TryReadComponent(ref reader, out var component) || (i > 0 && component.Component <= read[i - 1].Component))
            {
                return false;
            }

            read[i] = component;
        }

        components = read;
        return true;
    }

    // [ component, status, authorisation number, first day, ? last day ]; days since 1970-01-01.
    private static bool TryReadComponent(ref DeterministicCborReader reader, [NotNullWhen(true)] out AeoComponentClaim? component)
    {
        component = null;
        if (!reader.TryReadArray(out var count) || count is not (4 or 5)
            || !TryReadSmall(ref reader, 1, byte.MaxValue, out var code)
            || !TryReadSmall(ref reader, (int)AeoComponentStatus.Granted, (int)AeoComponentStatus.Suspended, out var status)
            || !TryReadNonEmpty(ref reader, MaxAuthorisationNumberBytes, out var number)
            || !TryReadSmall(ref reader, 0, MaxUnixDays, out var from))
        {
            return false;
        }

        DateOnly? until = null;
        if (count == 5)
        {
            if (!TryReadSmall(ref reader, from, MaxUnixDays, out var last))
            {
                return false;
            }

            until = DateOnly.FromDayNumber(UnixEpochDay + last);
        }

        component = new AeoComponentClaim(code, (AeoComponentStatus)status, number, DateOnly.FromDayNumber(UnixEpochDay + from), until);
        return true;
    }

    // RFC 8392 §2: NumericDate; fractions and times before 1970 are refused by the profile.
    private static bool TryReadTime(ref DeterministicCborReader reader, out long? seconds)
    {
        var read = reader.TryReadUnsigned(out var value) && value <= MaxUnixSeconds;
        seconds = read ? value : null;
        return read;
    }

    private static bool IsIssuerCode(string code) =>
        code.Length >= 2 && IsCountry(code.AsSpan(0, 2))
        && (code.Length == 2 || (code.Length > 3 && code[2] == '-' && IsUpperAlphanumeric(code.AsSpan(3))));

    private struct Draft
    {
        public string? Issuer;
        public long? ExpiresAt;
        public long? NotBefore;
        public long? IssuedAt;
        public StatusReference Status;
        public int Type;
        public string? LegalName;
        public string? Tin;
        public string? Jurisdiction;
        public IdentifierClaim[]? Identifiers;
        public string[]? Roles;
        public AeoComponentClaim[]? Aeo;
        public string? Address;
        public int EntityAssurance;
        public MandateClaim? Mandate;

        // The profile has one way to say a thing: nbf only where it differs from iat, the jurisdiction only where it
        // differs from the country of the TIN.
        public readonly Credential? ToCredential()
        {
            if (Issuer is null || ExpiresAt is null || IssuedAt is null || Status.List == 0 || Type == 0
                || LegalName is null || Tin is null
                || NotBefore == IssuedAt || ExpiresAt <= (NotBefore ?? IssuedAt)
                || (Jurisdiction is not null && Tin.StartsWith(Jurisdiction, StringComparison.Ordinal))
                || (Type == CredentialTypes.Mandate) != (Mandate is not null)
                || (Mandate is not null && !MandateFormat.IsChainTo(Tin, Mandate)))
            {
                return null;
            }

            return new Credential
            {
                Issuer = Issuer,
                Type = Type,
                IssuedAt = DateTimeOffset.FromUnixTimeSeconds(IssuedAt.Value),
                NotBefore = DateTimeOffset.FromUnixTimeSeconds(NotBefore ?? IssuedAt.Value),
                ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(ExpiresAt.Value),
                Status = Status,
                LegalName = LegalName,
                Tin = Tin,
                Jurisdiction = Jurisdiction ?? Tin[..2],
                Identifiers = Identifiers ?? [],
                Roles = Roles ?? [],
                Aeo = Aeo ?? [],
                Address = Address,
                EntityAssurance = EntityAssurance == 0 ? null : EntityAssurance,
                Mandate = Mandate,
            };
        }
    }
}
