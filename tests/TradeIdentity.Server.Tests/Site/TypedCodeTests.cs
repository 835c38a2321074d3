using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Tests.Site;

public class TypedCodeTests
{
    [Theory]
    [InlineData("123 456", "123456")]
    [InlineData("١٢٣٤٥٦", "123456")]
    [InlineData("۱۲۳\u00A0۴۵۶", "123456")]
    [InlineData("１２３４５６", "123456")]
    [InlineData("AB3-²½Ⅷ", "AB3-²½Ⅷ")]
    [InlineData(" ", "")]
    [InlineData(null, "")]
    public void Digits_of_any_keyboard_are_the_ones_that_were_meant(string? typed, string read) => Assert.Equal(read, TypedCode.Read(typed));
}
