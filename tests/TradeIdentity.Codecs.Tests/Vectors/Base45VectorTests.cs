using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TradeIdentity.Codecs.Tests.Vectors;

public class Base45VectorTests
{
    [Fact]
    public void Encodes_and_decodes_the_examples()
    {
        foreach (var valid in Cases("valid"))
        {
            var bytes = valid.TryGetProperty("text", out var text)
                ? Encoding.UTF8.GetBytes(text.GetString()!)
                : Convert.FromHexString(valid.GetProperty("hex").GetString()!);
            var base45 = valid.GetProperty("base45").GetString()!;
            var decoded = new byte[Base45.MaxDecodedLength(base45.Length)];
            Assert.Equal(base45, Base45.Encode(bytes));
            Assert.Equal(OperationStatus.Done, Base45.Decode(base45, decoded, out var written));
            Assert.Equal(bytes, decoded[..written]);
        }
    }

    [Fact]
    public void Rejects_what_must_be_rejected()
    {
        foreach (var reject in Cases("mustReject"))
        {
            var base45 = reject.GetProperty("base45").GetString()!;
            Assert.True(
                Base45.Decode(base45, new byte[Base45.MaxDecodedLength(base45.Length)], out _) == OperationStatus.InvalidData,
                $"{base45}: {(reject.TryGetProperty("why", out var why) ? why : default)}");
        }
    }

    private static IEnumerable<JsonElement> Cases(string kind) => VectorFolder.Files("base45")
        .SelectMany(file => VectorFolder.Json(file).TryGetProperty(kind, out var cases) ? cases.EnumerateArray().ToArray() : []);
}
