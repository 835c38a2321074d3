using System.Formats.Cbor;
using System.Security.Cryptography;
using TradeIdentity.Codecs.Cose;

namespace TradeIdentity.Codecs.Tests.Cose;

public class CoseKeyThumbprintTests
{
    // The example of RFC 9679 §6.
    private static readonly byte[] X = Convert.FromHexString("65eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d");
    private static readonly byte[] Y = Convert.FromHexString("1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c");

    [Fact]
    public void Is_that_of_the_example_of_the_rfc() =>
        Assert.Equal(
            "496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec",
            Convert.ToHexStringLower(CoseKeyThumbprint.OfP256(X, Y)));

    [Fact]
    public void Is_the_hash_of_the_canonical_cbor_that_an_independent_writer_makes()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = ecdsa.ExportParameters(false).Q;
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartMap(4);
        writer.WriteInt32(-3);
        writer.WriteByteString(point.Y!);
        writer.WriteInt32(-2);
        writer.WriteByteString(point.X!);
        writer.WriteInt32(-1);
        writer.WriteInt32(1);
        writer.WriteInt32(1);
        writer.WriteInt32(2);
        writer.WriteEndMap();

        Assert.Equal(SHA256.HashData(writer.Encode()), CoseKeyThumbprint.OfP256(point.X, point.Y));
    }

    [Theory]
    [InlineData(31, 32)]
    [InlineData(32, 33)]
    [InlineData(0, 0)]
    public void Refuses_coordinates_of_another_length(int x, int y) =>
        Assert.Throws<ArgumentException>(() => CoseKeyThumbprint.OfP256(new byte[x], new byte[y]));
}
