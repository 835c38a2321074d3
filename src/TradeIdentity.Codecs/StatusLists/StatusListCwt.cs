using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.Cwt;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.StatusLists;

/// <summary>A Status List Token as a CWT (draft §5.2): COSE_Sign1, header 16 the type, ES256.</summary>
public static class StatusListCwt
{
    /// <summary>The <c>typ</c>, and the media type under which it is served.</summary>
    public const string Type = "application/statuslist+cwt";

    private const int AlgorithmLabel = 1;
    private const int KeyIdLabel = 4;
    private const int TypeLabel = 16;
    private const int CertificatesLabel = 33;
    private const int SubjectClaim = 2;
    private const int ExpiresAtClaim = 4;
    private const int IssuedAtClaim = 6;
    private const int StatusListClaim = 65533;
    private const int TimeToLiveClaim = 65534;

    private static readonly SignatureAlgorithm[] Allowed = [SignatureAlgorithm.ES256];

    /// <summary>Writes and signs a token, tag 18. The same token and signature give the same bytes.</summary>
    /// <param name="token">What it says.</param>
    /// <param name="signer">Who signs.</param>
    public static byte[] Encode(StatusListToken token, StatusListSigner signer)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(signer);
        var header = Header(signer);
        var payload = Claims(token);
        var hash = new byte[SHA256.HashSizeInBytes];
        CoseSign1.HashToSign(header, payload, hash);
        return CoseSign1.Encode(header, payload, signer.SignHash(hash));
    }

    /// <summary>Reads a token and verifies it.</summary>
    /// <param name="cwt">The token, all of it.</param>
    /// <param name="subject">The URI that it was fetched for, which its <c>sub</c> must be.</param>
    /// <param name="key">The issuer's key, from the caller's trust list.</param>
    /// <param name="token">What it says; null unless the answer is <see cref="StatusListFailure.None"/>. Its times are the caller's to judge.</param>
    public static StatusListFailure Read(ReadOnlyMemory<byte> cwt, string subject, VerificationKey key, out StatusListToken? token)
    {
        token = null;
        if (!CoseSigned.TryParse(cwt, out var signed) || !signed.IsSign1)
        {
            return StatusListFailure.Malformed;
        }

        if (signed.Verify(key, Allowed) != SignatureCheck.Valid)
        {
            return StatusListFailure.Signature;
        }

        var failure = Read(signed, out var read);
        if (failure == StatusListFailure.None && read!.Subject != subject)
        {
            return StatusListFailure.Subject;
        }

        token = read;
        return failure;
    }

    /// <summary>Reads a token whose signature nobody has checked: for showing it, never for relying on it.</summary>
    /// <param name="cwt">The token, all of it.</param>
    /// <param name="token">What it says; null unless the answer is <see cref="StatusListFailure.None"/>.</param>
    public static StatusListFailure ReadUnverified(ReadOnlyMemory<byte> cwt, out StatusListToken? token)
    {
        token = null;
        return CoseSigned.TryParse(cwt, out var signed) && signed.IsSign1 ? Read(signed, out token) : StatusListFailure.Malformed;
    }

    private static StatusListFailure Read(CoseSigned signed, out StatusListToken? token)
    {
        token = null;
        if (signed.Signers[0].Headers.Type != Type)
        {
            return StatusListFailure.Type;
        }

        if (signed.Payload is not { } payload || !CwtClaims.TryRead(payload, NumericDates.FractionsAllowed, out var claims))
        {
            return StatusListFailure.Malformed;
        }

        if (claims is not { Subject: { } subject, IssuedAt: { } issuedAt }
            || !claims.Others.TryGetValue(StatusListClaim, out var list)
            || !TryReadTimeToLive(claims, out var timeToLive))
        {
            return StatusListFailure.Claim;
        }

        var failure = StatusListCbor.Read(list, out var statuses, out var aggregationUri);
        token = failure == StatusListFailure.None
            ? StatusListTimes.Token(subject, issuedAt, claims.ExpiresAt, timeToLive, statuses!, aggregationUri)
            : null;
        return failure;
    }

    private static bool TryReadTimeToLive(CwtClaims claims, out double? seconds)
    {
        seconds = null;
        if (!claims.Others.TryGetValue(TimeToLiveClaim, out var encoded))
        {
            return true;
        }

        if (!ForeignCbor.TryRead(encoded, reader => (object)(double)reader.ReadUInt64(), out var read)
            || (double)read! is not (> 0 and <= StatusListTimes.MaxTimeToLive))
        {
            return false;
        }

        seconds = (double)read;
        return true;
    }

    private static byte[] Header(StatusListSigner signer)
    {
        var writer = new CborWriter();
        writer.WriteStartMap(signer.Certificates.Count == 0 ? 3 : 4);
        writer.WriteInt32(AlgorithmLabel);
        writer.WriteInt32(CoseSign1.Es256);
        writer.WriteInt32(KeyIdLabel);
        writer.WriteByteString(Encoding.UTF8.GetBytes(signer.KeyId));
        writer.WriteInt32(TypeLabel);
        writer.WriteTextString(Type);
        if (signer.Certificates.Count != 0)
        {
            WriteCertificates(writer, signer.Certificates);
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    // RFC 9360 §2, COSE_X509: one certificate stands alone, two and more in an array.
    private static void WriteCertificates(CborWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        writer.WriteInt32(CertificatesLabel);
        if (certificates.Count > 1)
        {
            writer.WriteStartArray(certificates.Count);
        }

        foreach (var certificate in certificates)
        {
            writer.WriteByteString(certificate.Span);
        }

        if (certificates.Count > 1)
        {
            writer.WriteEndArray();
        }
    }

    private static byte[] Claims(StatusListToken token)
    {
        var writer = new CborWriter();
        writer.WriteStartMap(3 + (token.ExpiresAt is null ? 0 : 1) + (token.TimeToLive is null ? 0 : 1));
        writer.WriteInt32(SubjectClaim);
        writer.WriteTextString(token.Subject);
        if (token.ExpiresAt is { } expiresAt)
        {
            writer.WriteInt32(ExpiresAtClaim);
            writer.WriteInt64(expiresAt.ToUnixTimeSeconds());
        }

        writer.WriteInt32(IssuedAtClaim);
        writer.WriteInt64(token.IssuedAt.ToUnixTimeSeconds());
        writer.WriteInt32(StatusListClaim);
        StatusListCbor.Write(writer, token.Statuses, token.AggregationUri);
        if (token.TimeToLive is { } timeToLive)
        {
            writer.WriteInt32(TimeToLiveClaim);
            writer.WriteInt64((long)timeToLive.TotalSeconds);
        }

        writer.WriteEndMap();
        return writer.Encode();
    }
}
