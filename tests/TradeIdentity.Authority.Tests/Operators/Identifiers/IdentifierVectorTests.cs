using System.Text.Json;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Tests.Operators.Identifiers;

public class IdentifierVectorTests
{
    private static readonly Dictionary<string, Func<string, bool>> Readers = new()
    {
        ["LEI"] = text => Lei.TryParse(text, out _),
        ["GLN"] = text => Gln.TryParse(text, out _),
        ["EORI_EU"] = text => Eori.TryParse(text, out _),
        ["EORI_GB"] = text => Eori.TryParse(text, out _),
        ["TIN_WCO"] = text => Tin.TryParse(text, out _),
    };

    [Fact]
    public void Accepts_the_valid_and_refuses_the_invalid_of_every_group()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(PublishedVectors.PathOf("trade/identifier-vectors.json")));
        var read = 0;
        foreach (var group in vectors.RootElement.EnumerateObject())
        {
            foreach (var (expected, member) in new[] { (true, "valid"), (false, "invalid") })
            {
                foreach (var value in group.Value.GetProperty(member).EnumerateArray())
                {
                    Assert.True(Readers[group.Name](value.GetString()!) == expected, $"{group.Name} {value} must be {member}");
                    read++;
                }
            }
        }

        Assert.True(read >= 20);
    }

    [Fact]
    public void Reads_the_legal_entity_identifiers_of_the_public_sample()
    {
        using var sample = JsonDocument.Parse(File.ReadAllBytes(PublishedVectors.PathOf("trade/lei-sample.json")));
        Assert.All(sample.RootElement.EnumerateArray(), record => Lei.Parse(record.GetProperty("lei").GetString()));
    }
}
