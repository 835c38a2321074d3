using TradeIdentity.Authority.Cards;

namespace TradeIdentity.Authority.Tests.Cards;

public sealed class TextDirectionTests
{
    // Capitals stand for Arabic letters, as in UAX #9; the second column is what stands on paper from left to right.
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("ABC", "CBA")]
    [InlineData("abc DEF ghi", "abc FED ghi")]
    [InlineData("ABC def GHI", "IHG def CBA")]
    [InlineData("ABC 12.50 DEF", "FED 12.50 CBA")]
    [InlineData("ABC (DEF) G", "G (FED) CBA")]
    [InlineData("ABC (def) G", "G (def) CBA")]
    [InlineData("abc DEF (2020) ghi", "abc (2020) FED ghi")]
    [InlineData("abc (DEF) ghi", "abc (FED) ghi")]
    [InlineData("abc 12/A", "abc 12/A")]
    [InlineData("A.B.C", "C.B.A")]
    public void Orders_a_line_as_it_stands_on_paper(string logical, string onPaper)
    {
        var line = string.Concat(logical.Select(c => char.IsAsciiLetterUpper(c) ? (char)('\u0627' + (c - 'A')) : c));
        var levels = TextDirection.Levels(line, TextDirection.IsRightToLeft(line));
        var characters = logical.Select((c, i) => (Character: levels[i] % 2 == 1 ? Mirrored(c) : c, Level: levels[i])).ToList();

        TextDirection.Reorder(characters, character => character.Level);

        Assert.Equal(onPaper, string.Concat(characters.Select(character => character.Character)));
    }

    [Theory]
    [InlineData("Meridian شركة", false)]
    [InlineData("12 شركة Meridian", true)]
    [InlineData("2020", false)]
    public void Takes_the_direction_of_the_first_letter(string text, bool rightToLeft) =>
        Assert.Equal(rightToLeft, TextDirection.IsRightToLeft(text));

    private static char Mirrored(char c) => c switch
    {
        '(' => ')',
        ')' => '(',
        _ => c,
    };
}
