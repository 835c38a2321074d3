using System.Formats.Cbor;
using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.Cwt;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Envelopes;

/// <summary>
/// A health certificate in the HCERT envelope (eHealth Network, Electronic Health Certificate Specification 1.0.5):
/// <c>HC1:</c>, Base45, zlib, COSE_Sign1, CWT. Read so that a gate can check the bearer beside the company; the certificate
/// itself stays encoded.
/// </summary>
public sealed class HcertEnvelope
{
    /// <summary>What every text starts with: the context and its version.</summary>
    public const string Prefix = "HC1:";

    // §3.3.1: hcert is claim −260, a map in which 1 is the EU DCC version 1.
    private const long HcertClaim = -260;
    private const long DccVersion1 = 1;

    private static readonly SignatureAlgorithm[] Allowed = [SignatureAlgorithm.ES256, SignatureAlgorithm.PS256];

    private readonly CoseSigned _signed;

    private HcertEnvelope(CoseSigned signed, CwtClaims claims, ReadOnlyMemory<byte> certificate)
    {
        _signed = signed;
        Claims = claims;
        Certificate = certificate;
    }

    /// <summary>The claims of the token.</summary>
    public CwtClaims Claims { get; }

    /// <summary>The certificate, a CBOR map, encoded.</summary>
    public ReadOnlyMemory<byte> Certificate { get; }

    /// <summary>The country that issued it, ISO 3166-1 alpha-2 by convention; null where the token does not say.</summary>
    public string? Issuer => Claims.Issuer;

    /// <summary>When it was issued, UTC; null where the token does not say.</summary>
    public DateTimeOffset? IssuedAt => Claims.IssuedAt;

    /// <summary>Until when it may be accepted, that second included, UTC.</summary>
    public DateTimeOffset ExpiresAt => Claims.ExpiresAt.GetValueOrDefault();

    /// <summary>What names the signer's certificate: <c>kid</c>, the protected one before the unprotected; empty where there is none.</summary>
    public ReadOnlyMemory<byte> KeyId => _signed.Signers[0].Headers.KeyId.GetValueOrDefault();

    /// <summary>Whether <paramref name="text"/> claims to be of this format, right or wrong.</summary>
    public static bool HasPrefix(ReadOnlySpan<char> text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads the text of a QR code, without verifying anything.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="envelope">The envelope; null unless the answer is <see cref="EnvelopeFailure.None"/>.</param>
    /// <returns>The first layer that failed.</returns>
    public static EnvelopeFailure Decode(ReadOnlySpan<char> text, out HcertEnvelope? envelope)
    {
        envelope = null;
        if (!HasPrefix(text))
        {
            return EnvelopeFailure.Prefix;
        }

        var failure = EnvelopeText.Decode(text[Prefix.Length..], out var compressed);
        return failure != EnvelopeFailure.None ? failure : DecodeCompressed(compressed, out envelope);
    }

    /// <summary>Reads the bytes that the Base45 text stands for.</summary>
    /// <param name="compressed">A zlib stream and nothing behind it.</param>
    /// <param name="envelope">The envelope; null unless the answer is <see cref="EnvelopeFailure.None"/>.</param>
    /// <returns>The first layer that failed.</returns>
    public static EnvelopeFailure DecodeCompressed(ReadOnlySpan<byte> compressed, out HcertEnvelope? envelope)
    {
        envelope = null;
        var failure = EnvelopeText.Inflate(compressed, out var cose);
        return failure != EnvelopeFailure.None ? failure : DecodeCose(cose, out envelope);
    }

    /// <summary>Reads the COSE message itself: tag 18, none, or 61(18).</summary>
    /// <param name="cose">The message and nothing behind it.</param>
    /// <param name="envelope">The envelope; null unless the answer is <see cref="EnvelopeFailure.None"/>.</param>
    /// <returns>The first layer that failed.</returns>
    public static EnvelopeFailure DecodeCose(ReadOnlyMemory<byte> cose, out HcertEnvelope? envelope)
    {
        envelope = null;
        if (cose.Length > EnvelopeText.MaxInflatedBytes
            || !CoseSigned.TryParse(cose, out var signed) || !signed.IsSign1 || signed.Payload is not { } payload)
        {
            return EnvelopeFailure.NotCose;
        }

        // Issuers of the field write their times as floats too.
        if (!CwtClaims.TryRead(payload, NumericDates.FractionsAllowed, out var claims))
        {
            return EnvelopeFailure.Cbor;
        }

        if (claims.ExpiresAt is null || !claims.Others.TryGetValue(HcertClaim, out var hcert))
        {
            return EnvelopeFailure.MissingClaim;
        }

        if (!ForeignCbor.TryRead(hcert, ReadCertificates, out var certificates))
        {
            return EnvelopeFailure.MalformedClaim;
        }

        if (!certificates!.TryGetValue(DccVersion1, out var certificate))
        {
            return EnvelopeFailure.MissingClaim;
        }

        envelope = new HcertEnvelope(signed, claims, certificate);
        return EnvelopeFailure.None;
    }

    /// <summary>Checks the signature: ES256 or PS256 under a certificate that the message names.</summary>
    /// <param name="signer">A certificate of the caller's trust list.</param>
    /// <returns><see cref="SignatureCheck.OtherKeyId"/> where the message names another certificate, or none.</returns>
    public SignatureCheck Verify(DocumentSigner signer) => Verify(_signed, signer);

    /// <summary>Checks the signature of a message whose claims need not be those of a health certificate.</summary>
    /// <param name="signed">A COSE_Sign1.</param>
    /// <param name="signer">A certificate of the caller's trust list.</param>
    /// <returns><see cref="SignatureCheck.OtherKeyId"/> where the message names another certificate, or none.</returns>
    public static SignatureCheck Verify(CoseSigned signed, DocumentSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signed);
        ArgumentNullException.ThrowIfNull(signer);
        var named = signed.Signers[0].Headers.KeyId.GetValueOrDefault();
        return named.Span.SequenceEqual(signer.KeyId) ? signed.Verify(signer.Key, Allowed) : SignatureCheck.OtherKeyId;
    }

    /// <summary>
    /// Whether it has expired at <paramref name="at"/>, UTC. The specification has it refused <em>after</em> <c>exp</c>, where RFC 8392 has
    /// on or after; issuers of the field test at that very second.
    /// </summary>
    public bool IsExpired(DateTimeOffset at) => at > ExpiresAt;

    private static Dictionary<long, ReadOnlyMemory<byte>> ReadCertificates(CborReader reader)
    {
        var certificates = new Dictionary<long, ReadOnlyMemory<byte>>();
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            certificates[reader.ReadInt64()] = reader.ReadEncodedValue();
        }

        reader.ReadEndMap();
        return certificates;
    }
}
