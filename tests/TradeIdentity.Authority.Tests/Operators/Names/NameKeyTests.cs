using TradeIdentity.Authority.Operators.Names;

namespace TradeIdentity.Authority.Tests.Operators.Names;

public sealed class NameKeyTests
{
    [Theory]
    [InlineData("Examplia Ltd", "EXAMPLIA LIMITED")]
    [InlineData("Examplia S.A.", "examplia sa")]
    [InlineData("Examplia A/S", "EXAMPLIA AS")]
    [InlineData("Examplia GmbH & Co. KG", "Examplia")]
    [InlineData("Société Exemplaire SARL", "Societe exemplaire")]
    [InlineData("O’Example Foods", "O'EXAMPLE  FOODS")]
    [InlineData("АСМЕ Trading", "ACME TRADING")] // The first word is Cyrillic.
    [InlineData("ΑΒΕΧ", "ABEX")] // Greek.
    [InlineData("ООО «Пример»", "Пример")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("Łódź Ørsted", "LODZ ORSTED")]
    [InlineData("示例贸易有限公司", "示例贸易")]
    [InlineData("株式会社サンプル", "サンプル")]
    [InlineData("شركة المثال", "المثال")]
    [InlineData("مثـال ١٢", "مثال 12")]
    [InlineData("ＦＵＬＬ Ｗｉｄｔｈ", "FULL WIDTH")]
    public void Names_that_are_written_otherwise_have_one_key(string one, string other) => Assert.Equal(NameKey.Of(other).Text, NameKey.Of(one).Text);

    [Theory]
    [InlineData("Sea-Land", "Sealand")]
    [InlineData("AIpha", "Alpha")] // A capital i.
    [InlineData("Examp1e C0mpany Trading", "Example Company Trading")]
    [InlineData("Modern Trade", "Modem Trade")]
    [InlineData("Smith & Sons", "Smith and Sons")]
    public void Names_that_look_the_same_have_one_skeleton(string one, string other)
    {
        Assert.Equal(NameKey.Of(other).Skeleton, NameKey.Of(one).Skeleton);
        Assert.NotEqual(NameKey.Of(other).Text, NameKey.Of(one).Text);
    }

    [Theory]
    [InlineData("Nordic Freight", "Nordic Fright")]
    [InlineData("Example 1", "Example 2")]
    [InlineData("Пример", "Primer")]
    public void Different_names_stay_different(string one, string other) => Assert.NotEqual(NameKey.Of(other).Skeleton, NameKey.Of(one).Skeleton);

    [Theory]
    [InlineData("Limited", " LIMITED ")]
    [InlineData("SA Holding", " SA HOLDING ")]
    [InlineData("深圳 A", " 深 圳 A ")]
    [InlineData("— !", "")]
    [InlineData("", "")]
    public void A_key_is_words_with_a_space_around_each(string name, string key) => Assert.Equal(key, NameKey.Of(name).Text);
}
