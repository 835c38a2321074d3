using System.Globalization;

namespace TradeIdentity.Authority.Languages;

/// <summary>Days and moments as people read them, all in UTC: <c>3 March 2026</c>, <c>3 de marzo de 2026</c>, <c>2026年3月3日</c>.</summary>
public static class WrittenDay
{
    public static string Of(DateOnly day, CultureInfo culture)
    {
        var language = SpokenLanguages.Of(culture);
        return day.ToString(language.DayFormat, language.Culture);
    }

    public static string Of(DateTimeOffset at, CultureInfo culture) => Of(DateOnly.FromDateTime(at.UtcDateTime), culture);

    /// <summary>The month of a day: <c>March 2026</c>.</summary>
    public static string MonthOf(DateOnly day, CultureInfo culture) => day.ToString("Y", SpokenLanguages.Of(culture).Culture);

    /// <summary>With the time of the day: <c>3 March 2026, 09:05 UTC</c>.</summary>
    public static string WithTime(DateTimeOffset at, CultureInfo culture) => With(at, "HH:mm", culture);

    /// <summary>What happens every few seconds: <c>3 March 2026, 09:05:07 UTC</c>.</summary>
    public static string WithSeconds(DateTimeOffset at, CultureInfo culture) => With(at, "HH:mm:ss", culture);

    private static string With(DateTimeOffset at, string time, CultureInfo culture)
    {
        var comma = SpokenLanguages.Of(culture).Code switch { "ar" => "، ", "zh" => " ", _ => ", " };
        return $"{Of(at, culture)}{comma}{at.UtcDateTime.ToString(time, CultureInfo.InvariantCulture)} UTC";
    }
}
