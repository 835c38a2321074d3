using System.Buffers;
using System.Text;

namespace TradeIdentity.Codecs.Tests.Vectors;

public class Base45VectorTests
{
    [Fact]
    public void Encodes_and_decodes_the_examples()
    {
        foreach (var valid in VectorFolder.Files("base45").SelectMany(file => VectorFolder.Json(file).GetProperty("valid").EnumerateArray()))
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
        foreach (var reject in VectorFolder.Files("base45").SelectMany(file => VectorFolder.Json(file).GetProperty("mustReject").EnumerateArray()))
        {
            var base45 = reject.GetProperty("base45").GetString()!;
            Assert.True(
                Base45.Decode(base45, new byte[Base45.MaxDecodedLength(base45.Length)], out _) == OperationStatus.InvalidData,
                $"{base45}: {reject.GetProperty("why")}");
        }
    }
}
