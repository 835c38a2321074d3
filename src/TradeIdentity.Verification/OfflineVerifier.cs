using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Verification;

/// <summary>
/// Judges a credential from its QR text with nothing but a trust bundle and a time: no network, no clock, no state.
/// </summary>
public static class OfflineVerifier
{
    /// <summary>Judges <paramref name="qrText"/>.</summary>
    /// <param name="qrText">The whole text of the QR code. White space around it is not of it: cut it where the text is read.</param>
    /// <param name="trust">The bundle of this post.</param>
    /// <param name="at">The time to judge for: now, or the time of the act in question.</param>
    /// <param name="policy">What the post tolerates; <see cref="VerificationPolicy.Default"/> where null.</param>
    /// <returns>A verdict for every input; it throws for none.</returns>
    public static Verdict Verify(ReadOnlySpan<char> qrText, TrustBundle trust, DateTimeOffset at, VerificationPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(trust);
        policy ??= VerificationPolicy.Default;
        var evidence = new Evidence { At = at, Bundle = trust };
        if (!Ti1Text.HasPrefix(qrText))
        {
            return new Verdict.Rejected(evidence, RejectionReason.UnsupportedEnvelope);
        }

        Span<byte> message = stackalloc byte[Ti1Text.MaxMessageLength];
        if (!Ti1Text.TryDecode(qrText, message, out var length)
            || !CoseSign1.TryParse(message[..length], out var sign1)
            || !sign1.Type.SequenceEqual("ti1"u8)
            || !CredentialReader.TryRead(sign1.Payload, out var credential))
        {
            return new Verdict.Rejected(evidence, RejectionReason.Malformed);
        }

        evidence = evidence with { Credential = credential };
        return JudgeSignature(sign1, trust, ref evidence)
            ?? JudgeTime(credential, trust, evidence, policy)
            ?? JudgeStatus(credential, trust, evidence, policy);
    }

    private static Verdict? JudgeSignature(CoseSign1 sign1, TrustBundle trust, ref Evidence evidence)
    {
        if (!IsAllowed(trust, sign1.Algorithm))
        {
            return new Verdict.Rejected(evidence, RejectionReason.AlgorithmNotAllowed);
        }

        if (!trust.TryGetKey(sign1.KeyId, out var key))
        {
            return trust.IsDamagedKeyId(sign1.KeyId)
                ? new Verdict.Rejected(evidence, RejectionReason.SignatureInvalid)
                : new Verdict.Undetermined(evidence, Doubt.IssuerUnknown);
        }

        Span<byte> hash = stackalloc byte[32];
        sign1.HashToVerify(hash);
        if (!key.Key.VerifyHash(hash, sign1.Signature))
        {
            return new Verdict.Rejected(evidence, RejectionReason.SignatureInvalid);
        }

        var credential = evidence.Credential!;
        evidence = evidence with { Issuer = key.Issuer };
        if (!MaySign(key, credential))
        {
            return new Verdict.Rejected(evidence, RejectionReason.IssuerNotAuthorised);
        }

        if (trust.SuccessionOf(credential) is { } succession)
        {
            evidence = evidence with { Succession = succession };
        }

        return null;
    }

    // A key vouches for its issuer's credentials of its types and countries, issued while it signed: nothing in the
    // credential can widen that.
    private static bool MaySign(TrustedKey key, Credential credential) =>
        credential.Issuer == key.Issuer.Code
        && credential.IssuedAt >= key.Terms.SignsFrom
        && credential.IssuedAt <= key.Terms.SignsUntil
        && key.Terms.CredentialTypes.Contains(credential.Type)
        && (key.Terms.Countries.Count == 0 || key.Terms.Countries.Contains(credential.Tin[..2]));

    private static Verdict? JudgeTime(Credential credential, TrustBundle trust, Evidence evidence, VerificationPolicy policy)
    {
        var latest = Later(evidence.At, policy.ClockTolerance);

        // Both are signed, so both times have been: a clock that says otherwise is wrong, and so is any answer by it.
        if (latest < trust.Content.Issued || latest < credential.IssuedAt)
        {
            return new Verdict.Undetermined(evidence, Doubt.Clock);
        }

        if (latest < credential.NotBefore)
        {
            return new Verdict.Rejected(evidence, RejectionReason.NotYetValid);
        }

        return evidence.At >= credential.ExpiresAt ? new Verdict.Rejected(evidence, RejectionReason.Expired) : null;
    }

    private static Verdict JudgeStatus(Credential credential, TrustBundle trust, Evidence evidence, VerificationPolicy policy)
    {
        var value = trust.Status(credential.Issuer, credential.Status, out var asOf);
        var links = LinkStatuses(credential, trust, ref asOf);
        evidence = evidence with { LinkStatuses = links };
        if (!IsKnown(value) || links.Any(link => !IsKnown(link)))
        {
            var unknown = new CredentialStatus(StatusValue.Unknown, null, TimeSpan.Zero);
            return new Verdict.Undetermined(evidence with { Status = unknown }, Doubt.StatusUnknown);
        }

        var age = evidence.At > asOf ? evidence.At - asOf : TimeSpan.Zero;
        var status = new CredentialStatus(value, asOf, age);
        evidence = evidence with { Status = status };

        // Revocation is for good, however old the news of it.
        if (value == StatusValue.Revoked || links.Contains(StatusValue.Revoked))
        {
            return new Verdict.Rejected(evidence, value == StatusValue.Revoked ? RejectionReason.Revoked : RejectionReason.MandateBroken);
        }

        var maxAge = policy.MaxStatusAgeByType.TryGetValue(credential.Type, out var ofType) ? ofType : policy.MaxStatusAge;
        if (maxAge is { } limit ? age > limit : evidence.At > trust.Content.NextUpdate)
        {
            return new Verdict.Undetermined(evidence, maxAge is null ? Doubt.BundleExpired : Doubt.StatusStale);
        }

        return value == StatusValue.Suspended ? new Verdict.Rejected(evidence, RejectionReason.Suspended)
            : links.Contains(StatusValue.Suspended) ? new Verdict.Rejected(evidence, RejectionReason.MandateBroken)
            : new Verdict.Accepted(evidence, credential, status);
    }

    // A mandate is as good, and as fresh, as the worst of its links.
    private static StatusValue[] LinkStatuses(Credential credential, TrustBundle trust, ref DateTimeOffset asOf)
    {
        if (credential.Mandate is not { } mandate)
        {
            return [];
        }

        var statuses = new StatusValue[mandate.Links.Count];
        for (var i = 0; i < statuses.Length; i++)
        {
            statuses[i] = trust.Status(credential.Issuer, mandate.Links[i].Status, out var linkAsOf);
            asOf = linkAsOf < asOf ? linkAsOf : asOf;
        }

        return statuses;
    }

    private static bool IsKnown(StatusValue value) => value is StatusValue.Valid or StatusValue.Revoked or StatusValue.Suspended;

    private static bool IsAllowed(TrustBundle trust, long algorithm)
    {
        // ES256 is the one algorithm that this version can verify; a bundle may still take it off the list.
        if (algorithm != CoseSign1.Es256)
        {
            return false;
        }

        foreach (var allowed in trust.Content.Algorithms)
        {
            if (allowed == algorithm)
            {
                return true;
            }
        }

        return false;
    }

    // In UTC, since a sum in another time zone may pass its last day where UTC does not; and never before the time itself.
    private static DateTimeOffset Later(DateTimeOffset at, TimeSpan tolerance)
    {
        var utc = at.ToUniversalTime();
        var room = DateTimeOffset.MaxValue - utc;
        return utc + (tolerance < TimeSpan.Zero ? TimeSpan.Zero : tolerance < room ? tolerance : room);
    }
}
