using System.Security.Cryptography;
using System.Text.Json;
using TradeIdentity.Codecs.Cose;

namespace TradeIdentity.Codecs.Tests.Vectors;

public class WycheproofVectorTests
{
    [Fact]
    public void Judges_every_signature_as_expected()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var file in VectorFolder.Files("wycheproof"))
        {
            foreach (var group in VectorFolder.Json(file).GetProperty("testGroups").EnumerateArray())
            {
                Assert.Equal("SHA-256", group.GetProperty("sha").GetString());
                var given = group.GetProperty("publicKey");
                Assert.Equal("secp256r1", given.GetProperty("curve").GetString());
                Assert.True(P256VerificationKey.TryCreate(Coordinate(given, "wx"), Coordinate(given, "wy"), out var key));
                using (key)
                {
                    foreach (var test in group.GetProperty("tests").EnumerateArray())
                    {
                        count++;
                        var valid = key.VerifyHash(SHA256.HashData(Hex(test, "msg")), Hex(test, "sig"));
                        if (valid != (test.GetProperty("result").GetString() == "valid"))
                        {
                            wrong.Add($"{test.GetProperty("tcId")} {test.GetProperty("comment")}");
                        }
                    }
                }
            }
        }

        Assert.Empty(wrong);
        Assert.NotEqual(0, count);
    }

    private static byte[] Hex(JsonElement of, string name) => Convert.FromHexString(of.GetProperty(name).GetString()!);

    // Wycheproof writes numbers: with a sign byte, or without leading zeros.
    private static byte[] Coordinate(JsonElement key, string name) =>
        Convert.FromHexString(key.GetProperty(name).GetString()!.PadLeft(64, '0')[^64..]);
}
