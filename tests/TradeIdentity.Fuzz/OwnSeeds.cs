using System.Buffers;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using TradeIdentity.Codecs;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.Envelopes;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Codecs.Signatures;
using TradeIdentity.Codecs.StatusLists;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Fuzz;

/// <summary>Right inputs in the formats of this product, made with a key of this run.</summary>
public sealed class OwnSeeds
{
    private const string ListUri = "https://customs.example/statuslists/1";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public OwnSeeds()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        PublicKey = VerificationKey.TryFromPoint(1, point.X, point.Y, out var key) ? key : throw new InvalidOperationException();
        Anchor = TrustAnchor.TryCreate(point.X, point.Y, out var anchor) ? anchor : throw new InvalidOperationException();
        BundlePayload = BundleWriter.Write(Content(point));
        BundleFile = Signed(BundleWriter.Type, BundlePayload);
        CredentialPayload = CredentialWriter.Write(Company);
        CredentialMessage = Signed(CredentialWriter.Type, CredentialPayload);
        Bundle = TrustBundle.TryLoad(BundleFile, [Anchor], 0, out var bundle) == BundleFailure.None ? bundle! : throw new InvalidOperationException();
    }

    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public VerificationKey PublicKey { get; }

    public TrustAnchor Anchor { get; }

    public TrustBundle Bundle { get; }

    public byte[] BundlePayload { get; }

    public byte[] BundleFile { get; }

    public byte[] CredentialPayload { get; }

    public byte[] CredentialMessage { get; }

    public byte[] CredentialText => Encoding.Latin1.GetBytes(Ti1Text.Encode(CredentialMessage));

    public static byte[] DeltaPayload => new StatusDelta
    {
        FromSequence = 1,
        ToSequence = 2,
        Issued = Now,
        NextUpdate = Now.AddDays(1),
        Issuer = "NL",
        Changes = [new StatusListChange { List = 1, Revoked = [5, 70, 700], Suspended = [6], Reinstated = [] }],
    }.Write();

    /// <summary>A health certificate with no content, and an identity with a name only, each within its envelope's message.</summary>
    public byte[] HcertMessage => Foreign(-260, [0xA1, 0x01, 0xA0]);

    public byte[] Claim169Message => Foreign(169, [0xA2, 0x01, 0x61, 0x31, 0x04, 0x61, 0x41]);

    public byte[] HcertText => Encoding.Latin1.GetBytes(HcertEnvelope.Prefix + Base45.Encode(Compressed(HcertMessage)));

    public byte[] Claim169Text => Encoding.Latin1.GetBytes(Base45.Encode(Compressed(Claim169Message)));

    public byte[] Certificate
    {
        get
        {
            using var certificate = new CertificateRequest("CN=Example", _key, HashAlgorithmName.SHA256).CreateSelfSigned(Now, Now.AddYears(1));
            return certificate.RawData;
        }
    }

    public byte[][] AnchorFiles => [Encoding.UTF8.GetBytes(Anchor.ToJwk()), Anchor.ToCoseKey()];

    public static byte[] StatusListZlib => Statuses().Compress();

    public static byte[] StatusListJson
    {
        get
        {
            var buffer = new ArrayBufferWriter<byte>();
            using var writer = new Utf8JsonWriter(buffer);
            Codecs.StatusLists.StatusListJson.Write(writer, Statuses(), ListUri);
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
    }

    public static byte[] StatusListCbor
    {
        get
        {
            var writer = new CborWriter();
            Codecs.StatusLists.StatusListCbor.Write(writer, Statuses(), ListUri);
            return writer.Encode();
        }
    }

    public byte[] StatusListJwt => Encoding.ASCII.GetBytes(Codecs.StatusLists.StatusListJwt.Encode(Token(), Signer()));

    public byte[] StatusListJwtClaims => Base64Url.DecodeFromChars(Encoding.ASCII.GetString(StatusListJwt).Split('.')[1]);

    public byte[] StatusListCwt => Codecs.StatusLists.StatusListCwt.Encode(Token(), Signer());

    public byte[] Aggregation { get; } = StatusListAggregation.Encode([ListUri, "https://customs.example/statuslists/2"]);

    public byte[] JwsHeader { get; } = """{"alg":"ES256","kid":"12","typ":"statuslist+jwt","x5c":["MA=="]}"""u8.ToArray();

    public IReadOnlyList<byte[]> RiceSets { get; } =
    [
        RiceCodedIndexes.Encode([]), RiceCodedIndexes.Encode([0]), RiceCodedIndexes.Encode([.. Enumerable.Range(0, 200)]),
        RiceCodedIndexes.Encode([.. Enumerable.Range(1, 300).Select(i => i * 5003)]),
    ];

    private static Credential Company => new()
    {
        Issuer = "NL",
        Type = CredentialTypes.AeoStatus,
        IssuedAt = Now.AddDays(-1),
        NotBefore = Now.AddDays(-1),
        ExpiresAt = Now.AddYears(1),
        Status = new StatusReference(1, 4711),
        LegalName = "Noordzee Handel B.V.",
        Tin = "NL123456789",
        Jurisdiction = "NL",
        Identifiers = [new IdentifierClaim(1, "5493001KJTIIGC8Y1R12", true)],
        Roles = ["IM", "EX"],
        Aeo = [new AeoComponentClaim(1, AeoComponentStatus.Granted, "NLAEOC00000123", new DateOnly(2024, 5, 1))],
        Address = "Havenkade 12, 3011 AB Rotterdam",
        EntityAssurance = 3,
    };

    /// <summary>A message of the QR profile over <paramref name="payload"/>, under the key that the bundle trusts.</summary>
    public byte[] Signed(string type, byte[] payload)
    {
        var header = CoseSign1.EncodeProtectedHeader(Anchor.KeyId, type);
        var hash = new byte[32];
        CoseSign1.HashToSign(header, payload, hash);
        return CoseSign1.Encode(header, payload, _key.SignHash(hash));
    }

    /// <summary>A JWT of the status list type with any bytes for claims.</summary>
    public static string AsStatusListJwt(byte[] claims) => Jws("""{"alg":"ES256","typ":"statuslist+jwt"}"""u8, claims);

    public static string Jws(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) =>
        $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}.AAAA";

    /// <summary>The messages within the Claim 169 texts of the corpus.</summary>
    public IReadOnlyList<byte[]> Claim169Messages(SeedCorpus corpus)
    {
        var messages = new List<byte[]> { CredentialMessage, Claim169Message };
        foreach (var text in corpus.Texts("qr_data").Select(FuzzTargets.Text))
        {
            var compressed = new byte[Base45.MaxDecodedLength(text.Length)];
            if (Base45.Decode(text, compressed, out var written) == OperationStatus.Done
                && BoundedZlib.TryInflate(compressed.AsSpan(0, written), 65_536, out var message))
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    private byte[] Foreign(int claim, byte[] value)
    {
        var writer = new CborWriter();
        writer.WriteStartMap(4);
        writer.WriteInt32(1);
        writer.WriteTextString("NL");
        writer.WriteInt32(4);
        writer.WriteInt64(Now.AddYears(1).ToUnixTimeSeconds());
        writer.WriteInt32(6);
        writer.WriteDouble(Now.ToUnixTimeSeconds());
        writer.WriteInt32(claim);
        writer.WriteEncodedValue(value);
        writer.WriteEndMap();
        return Signed("JWT", writer.Encode());
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.SmallestSize))
        {
            zlib.Write(bytes);
        }

        return output.ToArray();
    }

    private StatusListSigner Signer() => new() { KeyId = "12", SignHash = hash => _key.SignHash(hash) };

    private static StatusListToken Token() => new()
    {
        Subject = ListUri,
        IssuedAt = Now,
        ExpiresAt = Now.AddDays(1),
        TimeToLive = TimeSpan.FromHours(12),
        Statuses = Statuses(),
        AggregationUri = "https://customs.example/statuslists",
    };

    private static StatusListBitmap Statuses()
    {
        var statuses = new StatusListBitmap(2, 10_000);
        for (var index = 0; index < statuses.Count; index += 97)
        {
            statuses.Set(index, 1 + index % 2);
        }

        return statuses;
    }

    private static BundleContent Content(ECPoint point) => new()
    {
        Sequence = 1,
        Issued = Now,
        NextUpdate = Now.AddDays(1),
        Algorithms = [CoseSign1.Es256],
        Issuers =
        [
            new Issuer
            {
                Code = "NL",
                Names = [new("en", "Example customs")],
                EntityId = "https://customs.example",
                Keys =
                [
                    new IssuerKey
                    {
                        X = point.X, Y = point.Y, SignsFrom = Now.AddYears(-1), SignsUntil = Now.AddYears(1), CredentialTypes = [1, 2, 3],
                    },
                ],
            },
        ],
        CredentialTypes = [new CredentialTypeEntry { Code = CredentialTypes.AeoStatus, Name = "AeoStatus" }],
        AeoComponents = [new AeoComponentEntry { Code = 1, Programme = "EU", Component = "AEOC" }],
        StatusLists = [new StatusSnapshot { Issuer = "NL", List = 1, Uri = ListUri, AsOf = Now, Statuses = Statuses() }],
        Successions =
        [
            new Succession { Issuer = "NL", Tin = "NL1", Kind = SuccessionKind.Merged, EffectiveOn = new DateOnly(2026, 3, 1), Successors = [new Successor("NL2", "Example B.V.")] },
        ],
    };
}
