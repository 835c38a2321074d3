using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.Cwt;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Envelopes;

/// <summary>
/// A person's identity in the MOSIP Claim 169 QR code: Base45, zlib, COSE_Sign1 (within COSE_Encrypt0, or in place of it the
/// bare claims), CWT with claim 169. Read so that a gate can check the bearer beside the company.
/// </summary>
public sealed class Claim169Envelope
{
    private const long IdentityClaim = 169;

    private readonly CoseSigned? _signed;

    private Claim169Envelope(CoseSigned? signed, bool wasEncrypted, CwtClaims claims, Claim169Identity identity)
    {
        _signed = signed;
        WasEncrypted = wasEncrypted;
        Claims = claims;
        Identity = identity;
    }

    /// <summary>The claims of the token.</summary>
    public CwtClaims Claims { get; }

    /// <summary>The person.</summary>
    public Claim169Identity Identity { get; }

    /// <summary>Whether the code was encrypted, and so came from someone who holds the key; not who that is.</summary>
    public bool WasEncrypted { get; }

    /// <summary>Whether there is a signature at all. The format allows none, which proves nothing.</summary>
    public bool HasSignature => _signed is not null && !_signed.Signers[0].Signature.IsEmpty;

    /// <summary>What names the signer's key; empty where the code does not say.</summary>
    public ReadOnlyMemory<byte> KeyId => _signed?.Signers[0].Headers.KeyId ?? default;

    /// <summary>Reads the text of a QR code, without verifying anything.</summary>
    /// <param name="text">The whole text; the format has no prefix.</param>
    /// <param name="decryptionKey">32 bytes for an encrypted code; empty where the reader has none.</param>
    /// <param name="envelope">The envelope; null unless the answer is <see cref="EnvelopeFailure.None"/>.</param>
    /// <returns>The first layer that failed.</returns>
    public static EnvelopeFailure Decode(ReadOnlySpan<char> text, ReadOnlySpan<byte> decryptionKey, out Claim169Envelope? envelope)
    {
        envelope = null;
        var failure = EnvelopeText.Decode(text, out var compressed);
        if (failure == EnvelopeFailure.None)
        {
            failure = EnvelopeText.Inflate(compressed, out compressed);
        }

        return failure != EnvelopeFailure.None ? failure : DecodeCose(compressed, decryptionKey, out envelope);
    }

    /// <summary>Reads the COSE message itself.</summary>
    /// <param name="cose">The message and nothing behind it.</param>
    /// <param name="decryptionKey">32 bytes for an encrypted code; empty where the reader has none.</param>
    /// <param name="envelope">The envelope; null unless the answer is <see cref="EnvelopeFailure.None"/>.</param>
    /// <returns>The first layer that failed.</returns>
    public static EnvelopeFailure DecodeCose(ReadOnlyMemory<byte> cose, ReadOnlySpan<byte> decryptionKey, out Claim169Envelope? envelope)
    {
        envelope = null;
        if (cose.Length > EnvelopeText.MaxInflatedBytes)
        {
            return EnvelopeFailure.NotCose;
        }

        if (!CoseEncrypt0.TryParse(cose, out var encrypted))
        {
            return CoseSigned.TryParse(cose, out var outer) && outer.IsSign1 && outer.Payload is { } outerPayload
                ? ReadClaims(outer, wasEncrypted: false, outerPayload, out envelope)
                : EnvelopeFailure.NotCose;
        }

        if (decryptionKey.IsEmpty)
        {
            return EnvelopeFailure.KeyNeeded;
        }

        if (!encrypted.TryDecrypt(decryptionKey, out var plaintext))
        {
            return EnvelopeFailure.Decryption;
        }

        return CoseSigned.TryParse(plaintext, out var signed) && signed.IsSign1 && signed.Payload is { } payload
            ? ReadClaims(signed, wasEncrypted: true, payload, out envelope)
            : ReadClaims(null, wasEncrypted: true, plaintext, out envelope);
    }

    /// <summary>Checks the signature.</summary>
    /// <param name="key">The issuer's key, from the caller's trust list.</param>
    /// <param name="allowed">The algorithms that the caller accepts of that issuer.</param>
    /// <returns><see cref="SignatureCheck.Invalid"/> where there is no signature.</returns>
    public SignatureCheck Verify(VerificationKey key, IReadOnlyCollection<SignatureAlgorithm> allowed) =>
        _signed?.Verify(key, allowed) ?? SignatureCheck.Invalid;

    private static EnvelopeFailure ReadClaims(CoseSigned? signed, bool wasEncrypted, ReadOnlyMemory<byte> payload, out Claim169Envelope? envelope)
    {
        envelope = null;
        if (!CwtClaims.TryRead(payload, NumericDates.FractionsAllowed, out var claims))
        {
            return EnvelopeFailure.Cbor;
        }

        if (!claims.Others.TryGetValue(IdentityClaim, out var encoded))
        {
            return EnvelopeFailure.MissingClaim;
        }

        if (!ForeignCbor.TryRead(encoded, Claim169Reader.Read, out var identity))
        {
            return EnvelopeFailure.MalformedClaim;
        }

        envelope = new Claim169Envelope(signed, wasEncrypted, claims, identity!);
        return EnvelopeFailure.None;
    }
}
