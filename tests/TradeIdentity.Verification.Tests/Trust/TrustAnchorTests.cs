using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Verification.Tests.Trust;

public sealed class TrustAnchorTests : IDisposable
{
    private readonly TestKey _key = new();

    private string X => Base64Url.EncodeToString(_key.Point.X!);

    private string Y => Base64Url.EncodeToString(_key.Point.Y!);

    [Fact]
    public void A_JWK_and_a_COSE_Key_read_back_as_the_same_anchor()
    {
        foreach (var file in (byte[][])[Encoding.UTF8.GetBytes(_key.Anchor.ToJwk()), _key.Anchor.ToCoseKey()])
        {
            Assert.True(TrustAnchor.TryRead(file, out var anchor));
            Assert.Equal(_key.Anchor.Fingerprint, anchor.Fingerprint);
            Assert.Equal(_key.Point.X, anchor.X);
            Assert.Equal(_key.Point.Y, anchor.Y);
            Assert.Equal(_key.Anchor.KeyId, anchor.KeyId);
        }
    }

    [Fact]
    public void Its_name_is_the_first_of_its_thumbprint()
    {
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_key.Anchor.ToCoseKey())), _key.Anchor.Fingerprint);
        Assert.Equal(_key.Anchor.Fingerprint[..16], Convert.ToHexStringLower(_key.Anchor.KeyId));
        Assert.Equal(CoseSign1.KeyIdLength, _key.Anchor.KeyId.Length);
    }

    [Fact]
    public void Other_members_of_a_JWK_are_not_looked_at() => Reads(
        $$"""{ "kid":"anchor", "key_ops":["verify"], "x5c":[{"d":1}], "y":"{{Y}}", "x":"{{X}}", "crv":"P-256", "kty":"EC" }""");

    [Fact]
    public void A_private_key_is_no_anchor()
    {
        Refuses($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}","d":"{{X}}"}""");
        Refuses($$"""{"d":null,"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}"}""");
        Refuses($$"""{"\u0064":"{{X}}","kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}"}""");
        Refuses(CoseKey(parameters: 5, write: w =>
        {
            Coordinates(w);
            w.WriteInt32(-4);
            w.WriteByteString(new byte[32]);
        }));
    }

    [Fact]
    public void A_key_of_another_curve_or_kind_is_refused()
    {
        Refuses($$"""{"kty":"EC","crv":"P-384","x":"{{X}}","y":"{{Y}}"}""");
        Refuses($$"""{"kty":"OKP","crv":"Ed25519","x":"{{X}}"}""");
        Refuses($$"""{"kty":"oct","k":"{{X}}"}""");
        Refuses(CoseKey(curve: 2));
        Refuses(CoseKey(keyType: 1));
    }

    [Fact]
    public void A_point_off_the_curve_is_refused()
    {
        Refuses($$"""{"kty":"EC","crv":"P-256","x":"{{Y}}","y":"{{X}}"}""");
        Assert.False(TrustAnchor.TryCreate(new byte[32], new byte[32], out _));
        Assert.False(TrustAnchor.TryCreate(_key.Point.X.AsSpan(1), _key.Point.Y, out _));
    }

    [Fact]
    public void A_JWK_that_leaves_a_doubt_is_refused()
    {
        var right = $$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}"}""";
        Reads(right);
        string[] wrong =
        [
            "", "{}", "[]", "null", right[..^1], right + "x", right + right, "[" + right + "]",
            $$"""{"kty":"EC","crv":"P-256","x":"{{X}}"}""",
            $$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}","y":"{{Y}}"}""",
            $$"""{"kty":"EC","crv":"P-256","x":"{{X}}=","y":"{{Y}}"}""",
            $$"""{"kty":"EC","crv":"P-256","x":"{{X[1..]}}","y":"{{Y}}"}""",
            $$"""{"kty":"EC","crv":"P-256","x":7,"y":"{{Y}}"}""",
            $$"""{"kty":"EC","crv":"P-256","x":["{{X}}"],"y":"{{Y}}"}""",
            right.Replace("\"EC\"", "\"\\uD800\"", StringComparison.Ordinal),
            $$"""{"pad":"{{new string(' ', TrustAnchor.MaxFileLength)}}","kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}"}""",
        ];
        Assert.All(wrong, Refuses);
    }

    [Fact]
    public void A_COSE_Key_is_deterministic_and_alone()
    {
        var right = _key.Anchor.ToCoseKey();
        Assert.Equal(right, CoseKey());
        Refuses([.. right, 0]);
        Refuses([0xBF, .. right[1..], 0xFF]);
        for (var length = 0; length < right.Length; length++)
        {
            Refuses(right[..length]);
        }
    }

    public void Dispose() => _key.Dispose();

    private static void Refuses(string jwk) => Refuses(Encoding.UTF8.GetBytes(jwk));

    private static void Refuses(byte[] file) => Assert.False(TrustAnchor.TryRead(file, out _), Convert.ToHexStringLower(file));

    private static void Reads(string jwk) => Assert.True(TrustAnchor.TryRead(Encoding.UTF8.GetBytes(jwk), out _), jwk);

    private byte[] CoseKey(int keyType = 2, int curve = 1, int parameters = 4, Action<CborWriter>? write = null)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        writer.WriteStartMap(parameters);
        writer.WriteInt32(1);
        writer.WriteInt32(keyType);
        writer.WriteInt32(-1);
        writer.WriteInt32(curve);
        (write ?? Coordinates)(writer);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private void Coordinates(CborWriter writer)
    {
        writer.WriteInt32(-2);
        writer.WriteByteString(_key.Point.X!);
        writer.WriteInt32(-3);
        writer.WriteByteString(_key.Point.Y!);
    }
}
