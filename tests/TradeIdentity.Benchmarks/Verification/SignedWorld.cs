using System.Security.Cryptography;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Codecs.StatusLists;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Benchmarks.Verification;

/// <summary>An issuer with a bundle of ten million indexes, 1 % of them revoked, and credentials of it.</summary>
internal sealed class SignedWorld
{
    internal const int Indexes = 10_000_000;
    internal const int Tokens = 256;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal SignedWorld()
    {
        var point = _key.ExportParameters(false).Q;
        Statuses = new StatusListBitmap(2, Indexes);
        for (var i = 0; i < Indexes / 100; i++)
        {
            Statuses.Set(RandomNumberGenerator.GetInt32(Indexes), (int)StatusValue.Revoked);
        }

        var valid = Enumerable.Range(0, Indexes).Where(index => Statuses.Get(index) == 0).Take(Tokens).ToArray();
        Messages = [.. valid.Select(index => Sign(CredentialWriter.Type, CredentialWriter.Write(BudgetCredential.At(Now, new StatusReference(1, index)))))];
        Texts = [.. Messages.Select(message => Ti1Text.Encode(message))];
        var anchor = TrustAnchor.TryCreate(point.X, point.Y, out var created) ? created : throw new InvalidOperationException();
        var file = Sign(BundleWriter.Type, BundleWriter.Write(Content(point)));
        Bundle = TrustBundle.TryLoad(file, [anchor], 0, out var bundle) == BundleFailure.None ? bundle! : throw new InvalidOperationException();
    }

    internal static DateTimeOffset Now { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    internal StatusListBitmap Statuses { get; }

    internal byte[][] Messages { get; }

    internal string[] Texts { get; }

    internal TrustBundle Bundle { get; }

    /// <summary>The key, its hashes and signatures: what verification costs at the least.</summary>
    internal (ECDsa Key, byte[][] Hashes, byte[][] Signatures) Raw()
    {
        var point = _key.ExportParameters(false);
        var hashes = new byte[Tokens][];
        var signatures = new byte[Tokens][];
        for (var i = 0; i < Tokens; i++)
        {
            _ = CoseSign1.TryParse(Messages[i], out var sign1);
            hashes[i] = new byte[SHA256.HashSizeInBytes];
            sign1.HashToVerify(hashes[i]);
            signatures[i] = sign1.Signature.ToArray();
        }

        return (ECDsa.Create(point), hashes, signatures);
    }

    private byte[] Sign(string type, byte[] payload)
    {
        var point = _key.ExportParameters(false).Q;
        var header = CoseSign1.EncodeProtectedHeader(CoseKeyThumbprint.OfP256(point.X, point.Y).AsSpan(0, CoseSign1.KeyIdLength), type);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        CoseSign1.HashToSign(header, payload, hash);
        return CoseSign1.Encode(header, payload, _key.SignHash(hash.ToArray(), DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    private BundleContent Content(ECPoint point) => new()
    {
        Sequence = 1,
        Issued = Now,
        NextUpdate = Now.AddDays(1),
        Algorithms = [CoseSign1.Es256],
        Issuers =
        [
            new Issuer
            {
                Code = "NL-DOUANE",
                Names = [new("en", "Customs Administration of the Netherlands")],
                EntityId = "https://identity.customs.example",
                Keys = [new IssuerKey { X = point.X!, Y = point.Y!, SignsFrom = Now.AddDays(-1), SignsUntil = Now.AddYears(1), CredentialTypes = [1, 2, 3] }],
            },
        ],
        CredentialTypes = [new CredentialTypeEntry { Code = 2, Name = "AeoStatus" }],
        AeoComponents =
        [
            new AeoComponentEntry { Code = 1, Programme = "EU-AEO", Component = "AEOC" },
            new AeoComponentEntry { Code = 2, Programme = "EU-AEO", Component = "AEOS" },
        ],
        StatusLists = [new StatusSnapshot { Issuer = "NL-DOUANE", List = 1, Uri = "https://identity.customs.example/status-lists/1", AsOf = Now, Statuses = Statuses }],
    };
}
