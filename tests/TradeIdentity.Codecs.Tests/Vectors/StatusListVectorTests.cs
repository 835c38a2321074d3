using System.Globalization;
using System.Text.RegularExpressions;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.Cwt;
using TradeIdentity.Codecs.StatusLists;

namespace TradeIdentity.Codecs.Tests.Vectors;

/// <summary>The examples of the Token Status List draft: lists of every width, the JWT, the CWT and a token that refers to one.</summary>
public partial class StatusListVectorTests
{
    private const string Subject = "https://example.com/statuslists/1";
    private const int Entries = 1 << 20;

    [Fact]
    public void Reads_every_file_as_the_draft_says()
    {
        var expected = Expected();
        foreach (var file in VectorFolder.Files("status-list", ".md").Where(file => !VectorExceptions.Load().NotVectors.Contains(VectorFolder.NameOf(file))))
        {
            Check(Path.GetFileNameWithoutExtension(file), WhiteSpace().Replace(File.ReadAllText(file), ""), expected);
        }
    }

    private static void Check(string name, string text, Dictionary<int, Dictionary<int, byte>> expected)
    {
        switch (name)
        {
            case var list when Encoding().Match(list) is { Success: true } match:
                var bits = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
                StatusListBitmap? bitmap;
                Assert.Equal(StatusListFailure.None, match.Groups[2].Value == "json"
                    ? StatusListJson.Read(System.Text.Encoding.UTF8.GetBytes(text), out bitmap, out _)
                    : StatusListCbor.Read(Convert.FromHexString(text), out bitmap, out _));
                AssertStatuses(bitmap!, bits, expected[bits]);
                break;
            case "status_list_jwt_raw":
                Assert.Equal(StatusListFailure.None, StatusListJwt.ReadUnverified(text, out var jwt));
                AssertExample(jwt!);
                break;
            case "status_list_cwt":
                Assert.Equal(StatusListFailure.None, StatusListCwt.ReadUnverified(Convert.FromHexString(text), out var cwt));
                AssertExample(cwt!);
                break;
            case "referenced_token_cwt":
                Assert.True(CoseSigned.TryParse(Convert.FromHexString(text), out var signed));
                Assert.True(CwtClaims.TryRead(signed.Payload!.Value, NumericDates.WholeSeconds, out var claims));
                Assert.Contains(65535, claims.Others.Keys);
                Assert.Equal("https://example.com", claims.Issuer);
                break;
            default:
                Assert.StartsWith("draft-", name, StringComparison.Ordinal);
                break;
        }
    }

    // Both of the draft's examples: the 16 statuses of §4.1, iat 2023-06-16, exp 2042, ttl 12 hours.
    private static void AssertExample(StatusListToken token)
    {
        Assert.Equal(Subject, token.Subject);
        Assert.Equal(1686920170, token.IssuedAt.ToUnixTimeSeconds());
        Assert.Equal(2291720170, token.ExpiresAt!.Value.ToUnixTimeSeconds());
        Assert.Equal(TimeSpan.FromHours(12), token.TimeToLive);
        Assert.Equal(1, token.Statuses.Bits);
        Assert.Equal("B9A3", Convert.ToHexString(token.Statuses.Bytes));
    }

    private static void AssertStatuses(StatusListBitmap bitmap, int bits, Dictionary<int, byte> expected)
    {
        Assert.Equal((bits, Entries), (bitmap.Bits, bitmap.Count));
        for (var index = 0; index < Entries; index++)
        {
            Assert.True(bitmap.Get(index) == expected.GetValueOrDefault(index), $"{bits} bits, index {index}");
        }
    }

    private static Dictionary<int, Dictionary<int, byte>> Expected()
    {
        var all = new Dictionary<int, Dictionary<int, byte>>();
        foreach (var line in VectorFolder.Files("status-list", ".md").SelectMany(File.ReadLines))
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                all[int.Parse(heading.Groups[1].Value, CultureInfo.InvariantCulture)] = [];
            }
            else if (Status().Match(line) is { Success: true } status)
            {
                all.Last().Value[int.Parse(status.Groups[1].Value, CultureInfo.InvariantCulture)] = Convert.ToByte(status.Groups[2].Value, 2);
            }
        }

        Assert.Equal([1, 2, 4, 8], all.Keys);
        return all;
    }

    [GeneratedRegex(@"^## (\d)-bit Status List")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^status\[(\d+)\]\s*=\s*0b([01]+)")]
    private static partial Regex Status();

    [GeneratedRegex(@"^status_list_encoding(\d)(?:_long)?_(json|cbor)$")]
    private static partial Regex Encoding();

    [GeneratedRegex(@"\s")]
    private static partial Regex WhiteSpace();
}
