using System.Buffers;
using System.Text;
using TradeIdentity.Codecs;
using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.Cwt;
using TradeIdentity.Codecs.Envelopes;
using TradeIdentity.Codecs.Jose;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Codecs.Signatures;
using TradeIdentity.Codecs.StatusLists;

namespace TradeIdentity.Fuzz;

/// <summary>Every public entry point that takes what a stranger wrote: one line registers one.</summary>
public static class FuzzTargets
{
    private const long Kilobyte = 1024;
    private const long Megabyte = 1024 * Kilobyte;

    // The list itself may take 16 MB in memory; the pool's buffer and the copy double it.
    private const long StatusListBound = 48 * Megabyte;

    private static readonly SignatureAlgorithm[] Allowed = [SignatureAlgorithm.ES256, SignatureAlgorithm.PS256];
    private static readonly byte[] DecryptionKey = Enumerable.Range(0, CoseEncrypt0.KeyLength).Select(i => (byte)i).ToArray();
    private static readonly byte[] Scratch = new byte[2 * Megabyte];

    public static IReadOnlyList<FuzzTarget> All()
    {
        var corpus = SeedCorpus.Load();
        var own = new OwnSeeds();
        return
        [
            new("base45", DecodeBase45, 8 * Megabyte, [.. corpus.Texts("BASE45", "base45"), "QED8WEX0"u8.ToArray()]),
            new("cbor", WalkCbor, 64 * Kilobyte, [.. corpus.Hex("CBOR", "plaintext_hex"), own.CredentialPayload, own.BundlePayload]),
            new("ti1", DecodeTi1, 64 * Kilobyte, [own.CredentialText]),
            new("cose-sign1", DecodeCoseSign1, 4 * Megabyte, [own.CredentialMessage, own.BundleFile]),
            new("cose-foreign", input => DecodeForeignCose(input, own), 16 * Megabyte, [.. corpus.Hex("cbor", "COSE"), own.CredentialMessage]),
            new("cose-encrypt0", input => DecodeEncrypted(input), 16 * Megabyte, [.. corpus.Hex("cbor")]),
            new("cwt", input => CwtClaims.TryRead(input, NumericDates.FractionsAllowed, out _), 16 * Megabyte, [.. corpus.Hex("plaintext_hex"), own.CredentialPayload]),
            new("hcert", input => HcertEnvelope.Decode(Text(input), out _), 4 * Megabyte, [.. corpus.Texts("PREFIX"), own.HcertText]),
            new("hcert-cose", input => HcertEnvelope.DecodeCose(input, out _), 4 * Megabyte, [.. corpus.Hex("COSE"), own.HcertMessage]),
            new("certificate", DecodeCertificate, 4 * Megabyte, [.. corpus.Base64("CERTIFICATE"), own.Certificate]),
            new("claim169", input => Claim169Envelope.Decode(Text(input), DecryptionKey, out _), 4 * Megabyte, [.. corpus.Texts("qr_data"), own.Claim169Text]),
            new("claim169-cose", input => Claim169Envelope.DecodeCose(input, DecryptionKey, out _), 4 * Megabyte, own.Claim169Messages(corpus)),
            new("zlib", input => BoundedZlib.TryInflate(input, 65_536, out _), 4 * Megabyte, [.. corpus.Hex("COMPRESSED"), OwnSeeds.StatusListZlib]),
            new("status-bitmap", input => StatusListBitmap.TryDecompress(input, 2, out _), StatusListBound, [OwnSeeds.StatusListZlib]),
            new("status-json", input => StatusListJson.Read(input, out _, out _), StatusListBound, [OwnSeeds.StatusListJson]),
            new("status-cbor", input => StatusListCbor.Read(input, out _, out _), StatusListBound, [OwnSeeds.StatusListCbor]),
            new("status-jwt", input => StatusListJwt.ReadUnverified(Text(input), out _), StatusListBound, [own.StatusListJwt]),
            new("status-jwt-claims", input => StatusListJwt.ReadUnverified(OwnSeeds.AsStatusListJwt(input), out _), StatusListBound, [own.StatusListJwtClaims]),
            new("status-cwt", input => StatusListCwt.ReadUnverified(input, out _), StatusListBound, [own.StatusListCwt]),
            new("status-aggregation", input => StatusListAggregation.TryRead(input, out _), 32 * Megabyte, [own.Aggregation]),
            new("rice", DecodeRice, 32 * Megabyte, own.RiceSets),
            new("jws", input => DecodeJws(input, own), 32 * Megabyte, [own.StatusListJwt]),
            new("jws-header", input => CompactJws.TryParse(OwnSeeds.Jws(input, "{}"u8), 1 << 22, out _), 32 * Megabyte, [own.JwsHeader]),
            .. VerificationTargets.All(own),
        ];
    }

    private static void DecodeBase45(byte[] input)
    {
        var text = Text(input);
        if (Base45.Decode(text, Scratch, out var written) == OperationStatus.Done)
        {
            Promise(Base45.Encode(Scratch.AsSpan(0, written)) == text, "another text stands for the same bytes");
        }
    }

    private static void WalkCbor(byte[] input)
    {
        var reader = new DeterministicCborReader(input);
        long key = DeterministicCborReader.BeforeFirstKey;
        for (var going = true; going && !reader.AtEnd;)
        {
            going = reader.Peek() switch
            {
                CborKind.Unsigned => reader.TryReadUnsigned(out _),
                CborKind.Negative => reader.TryReadKey(ref key) | reader.AtEnd,
                CborKind.Bytes => reader.TryReadBytes(out _),
                CborKind.Text => reader.TryReadText(256, out _),
                CborKind.Array => reader.TryReadArray(out _),
                CborKind.Map => reader.TryReadMap(out _),
                CborKind.Tag => reader.TryReadTag(out _),
                _ => reader.TryReadBoolean(out _),
            };
            Promise(reader.Position <= input.Length, "read past the end");
        }
    }

    private static void DecodeTi1(byte[] input)
    {
        var text = Text(input);
        if (Ti1Text.TryDecode(text, Scratch, out var written))
        {
            Promise(Ti1Text.Encode(Scratch.AsSpan(0, written)) == text, "another text stands for the same message");
        }
    }

    private static void DecodeCoseSign1(byte[] input)
    {
        if (CoseSign1.TryParse(input, out var message))
        {
            Span<byte> hash = stackalloc byte[32];
            message.HashToVerify(hash);
            Promise(
                CoseSign1.Encode(message.ProtectedHeader, message.Payload, message.Signature).AsSpan().SequenceEqual(input),
                "another message says the same");
        }
    }

    private static void DecodeForeignCose(byte[] input, OwnSeeds own)
    {
        if (CoseSigned.TryParse(input, out var signed))
        {
            for (var signer = 0; signer < signed.Signers.Count; signer++)
            {
                signed.Verify(own.PublicKey, Allowed, signer: signer);
            }
        }
    }

    private static void DecodeEncrypted(byte[] input)
    {
        if (CoseEncrypt0.TryParse(input, out var encrypted))
        {
            encrypted.TryDecrypt(DecryptionKey, out _);
        }
    }

    private static void DecodeCertificate(byte[] input)
    {
        if (DocumentSigner.TryFromCertificate(input, out var signer))
        {
            using (signer)
            {
                signer.Key.Verify(SignatureAlgorithm.ES256, input, new byte[64]);
                signer.Key.Verify(SignatureAlgorithm.PS256, input, new byte[256]);
            }
        }
    }

    private static void DecodeRice(byte[] input)
    {
        if (RiceCodedIndexes.TryDecode(input, StatusListBitmap.MaxCount, out var indexes))
        {
            Promise(RiceCodedIndexes.Encode(indexes).AsSpan().SequenceEqual(input), "another encoding stands for the same indexes");
        }
    }

    private static void DecodeJws(byte[] input, OwnSeeds own)
    {
        if (CompactJws.TryParse(Text(input), 1 << 22, out var jws))
        {
            jws.Verify(own.PublicKey, Allowed);
        }
    }

    public static string Text(byte[] input) => Encoding.Latin1.GetString(input);

    public static void Promise(bool kept, string broken)
    {
        if (!kept)
        {
            throw new BrokenPromiseException(broken);
        }
    }
}
