using System.Globalization;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Authority.Tests.Languages;

public class SpokenLanguagesTests
{
    [Theory]
    [InlineData("en", "en")]
    [InlineData("fr-CA", "fr")]
    [InlineData("es-MX", "es")]
    [InlineData("es-419", "es")]
    [InlineData("AR-eg", "ar")]
    [InlineData("ar-SA-u-ca-islamic", "ar")]
    [InlineData("zh", "zh")]
    [InlineData("zh-CN", "zh")]
    [InlineData("zh-SG", "zh")]
    [InlineData("zh-Hans", "zh")]
    [InlineData("zh-Hans-HK", "zh")]
    [InlineData("zh-hant", null)]
    [InlineData("zh-TW", null)]
    [InlineData("zh-HK", null)]
    [InlineData("de", null)]
    [InlineData("french", null)]
    [InlineData("e", null)]
    [InlineData("*", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_tag_is_served_with_its_language_and_another_script_is_not(string? tag, string? code) =>
        Assert.Equal(code, SpokenLanguages.Find(tag)?.Code);

    [Theory]
    [InlineData("en", "3 March 2026", "3 March 2026, 09:05 UTC")]
    [InlineData("fr", "3 mars 2026", "3 mars 2026, 09:05 UTC")]
    [InlineData("es", "3 de marzo de 2026", "3 de marzo de 2026, 09:05 UTC")]
    [InlineData("ar", "3 مارس 2026", "3 مارس 2026، 09:05 UTC")]
    [InlineData("zh", "2026年3月3日", "2026年3月3日 09:05 UTC")]
    public void A_day_is_written_as_the_language_does_in_one_calendar_and_one_set_of_digits(string code, string day, string moment)
    {
        var culture = SpokenLanguages.Find(code)!.Culture;
        var at = new DateTimeOffset(2026, 3, 3, 11, 5, 30, TimeSpan.FromHours(2));
        Assert.Equal(day, WrittenDay.Of(new DateOnly(2026, 3, 3), culture));
        Assert.Equal(day, WrittenDay.Of(at, culture));
        Assert.Equal(moment, WrittenDay.WithTime(at, culture));
        Assert.Equal("2026-03-03", at.ToString("yyyy-MM-dd", culture));
    }

    [Fact]
    public void Arabic_is_the_same_whatever_country_the_machine_thinks_of()
    {
        var riyadh = CultureInfo.GetCultureInfo("ar-SA");
        Assert.Equal("3 مارس 2026", WrittenDay.Of(new DateOnly(2026, 3, 3), riyadh));
        Assert.Equal("-1,250,000.5", (-1250000.5m).ToString("#,0.0", SpokenLanguages.Of(riyadh).Culture));
    }

    [Fact]
    public void A_number_is_read_in_no_language_from_other_digits_or_signs()
    {
        foreach (var language in SpokenLanguages.All)
        {
            Assert.Equal("-42", (-42).ToString(language.Culture));
            Assert.Equal(-42, int.Parse("-42", language.Culture));
            Assert.False(int.TryParse("٤٢", NumberStyles.Integer, language.Culture, out _));
        }
    }

    [Theory]
    [InlineData("en", "Acme B.V.", "Acme B.V.")]
    [InlineData("en", "شركة النور", "\u2068شركة النور\u2069")]
    [InlineData("zh", "海风贸易", "海风贸易")]
    [InlineData("ar", "Acme B.V.", "\u2068Acme B.V.\u2069")]
    [InlineData("ar", "", "")]
    public void What_runs_the_other_way_is_kept_together(string code, string text, string placed) =>
        Assert.Equal(placed, Isolated.In(SpokenLanguages.Find(code)!, text));

    [Fact]
    public void Each_language_is_there_once_under_a_name_of_its_own()
    {
        Assert.Equal(SpokenLanguages.All.Count, SpokenLanguages.All.Select(language => language.Code).Distinct().Count());
        Assert.Equal(SpokenLanguages.All.Count, SpokenLanguages.All.Select(language => language.Name).Distinct().Count());
        Assert.All(SpokenLanguages.All, language => Assert.Same(language, SpokenLanguages.Of(language.Culture)));
        Assert.All(SpokenLanguages.All, language => Assert.Same(language, SpokenLanguages.Find(language.Tag)));
    }
}
