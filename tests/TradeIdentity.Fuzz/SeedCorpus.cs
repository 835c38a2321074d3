using System.Text;
using System.Text.Json;

namespace TradeIdentity.Fuzz;

/// <summary>
/// Seeds out of the test data of others, by the names of its members; none where that is absent, which leaves the seeds
/// that the targets make themselves.
/// </summary>
public sealed class SeedCorpus
{
    private const int MaxSeedsEach = 60;

    private readonly Dictionary<string, List<byte[]>> _byMember = [];

    public static SeedCorpus Load()
    {
        var corpus = new SeedCorpus();
        if (VectorRoot.Find() is { } root)
        {
            foreach (var file in Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                // The trees of entities and policies hold no encodings.
                if (new FileInfo(file).Length < 1 << 18)
                {
                    using var document = JsonDocument.Parse(File.ReadAllText(file));
                    corpus.Take("", document.RootElement);
                }
            }
        }

        return corpus;
    }

    /// <summary>Texts of the members with these names, one byte a character.</summary>
    public IReadOnlyList<byte[]> Texts(params ReadOnlySpan<string> members) => Of(members, Encoding.Latin1.GetBytes);

    /// <summary>Bytes of the members with these names, which are in hexadecimal.</summary>
    public IReadOnlyList<byte[]> Hex(params ReadOnlySpan<string> members) => Of(members, IsHex);

    /// <summary>Bytes of the members with these names, which are in base64.</summary>
    public IReadOnlyList<byte[]> Base64(params ReadOnlySpan<string> members) => Of(members, text =>
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    });

    private List<byte[]> Of(ReadOnlySpan<string> members, Func<string, byte[]?> decode)
    {
        var seeds = new List<byte[]>();
        foreach (var member in members)
        {
            // Spread over the files, whose order is by country.
            var all = _byMember.GetValueOrDefault(member, []);
            var step = Math.Max(1, all.Count / MaxSeedsEach);
            seeds.AddRange(all.Where((_, at) => at % step == 0).Select(text => decode(Encoding.UTF8.GetString(text))).OfType<byte[]>());
        }

        return seeds;
    }

    private static byte[]? IsHex(string text) => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private void Take(string name, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Take(member.Name, member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Take(name, item);
                }

                break;
            case JsonValueKind.String:
                if (!_byMember.TryGetValue(name, out var texts))
                {
                    _byMember[name] = texts = [];
                }

                texts.Add(Encoding.UTF8.GetBytes(element.GetString()!));
                break;
        }
    }
}
