using TradeIdentity.Authority.Operators.Names;

namespace TradeIdentity.Authority.Tests.Operators.Names;

/// <summary>What the index is asked for must hold for every misspelling that is to be found, or a name is missed.</summary>
public sealed class NamePiecesTests
{
    private const string Letters = "QXZ";

    [Theory]
    [InlineData("ACME")]
    [InlineData("DELTA")]
    [InlineData("NORDIC")]
    [InlineData("ZEPELIN")]
    [InlineData("SHIPPING")]
    [InlineData("FORWARDERS")]
    public void Every_misspelling_by_a_letter_keeps_a_part(string word) =>
        Assert.All(Misspellings(word), misspelt => Assert.True(Keeps(misspelt, word), misspelt));

    [Theory]
    [InlineData("WAREHOUSEMEN")]
    [InlineData("INTERNATIONAL")]
    public void Every_misspelling_by_two_letters_keeps_a_part(string word) =>
        Assert.All(Misspellings(word).SelectMany(Misspellings), misspelt => Assert.True(Keeps(misspelt, word), misspelt));

    [Fact]
    public void Each_misspelling_is_measured_as_one_letter() =>
        Assert.All(Misspellings("SHIPPING"), misspelt => Assert.True(NameDistance.Of([misspelt], ["SHIPPING"]) <= 1, misspelt));

    [Theory]
    [InlineData("SHIPPING NORDIC", "NORDIC SHIPPING", 0)]
    [InlineData("NORD SHIP", "NORDIC SHIPPING", 0)]
    [InlineData("NORDCI SHIPING", "NORDIC SHIPPING", 2)]
    [InlineData("SHIPPING SHIPPING", "NORDIC SHIPPING", null)]
    [InlineData("SEA", "SEE", null)]
    [InlineData("ACME TRADING", "ACME", null)]
    [InlineData("", "ACME", 0)]
    public void Words_are_matched_each_to_another(string query, string name, int? wrong) =>
        Assert.Equal(wrong, NameDistance.Of(query.Split(' ', StringSplitOptions.RemoveEmptyEntries), name.Split(' ')));

    // The word is what the register has; the misspelling is asked for.
    private static bool Keeps(string misspelt, string word) =>
        NamePieces.WrongLetters(misspelt) == 0
        || NamePieces.OfMisspelt(misspelt).Any(piece => $" {word} ".Contains(piece, StringComparison.Ordinal))
        || NameDistance.Of([misspelt], [word]) is null;

    private static IEnumerable<string> Misspellings(string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            yield return word.Remove(i, 1);
            foreach (var letter in Letters)
            {
                yield return word.Insert(i, letter.ToString());
                yield return word.Remove(i, 1).Insert(i, letter.ToString());
            }

            if (i > 0)
            {
                yield return word[..(i - 1)] + word[i] + word[i - 1] + word[(i + 1)..];
            }
        }

        yield return word + Letters[0];
    }
}
