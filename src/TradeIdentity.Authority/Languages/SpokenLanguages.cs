using System.Globalization;

namespace TradeIdentity.Authority.Languages;

/// <summary>The one list of the languages of the pages, mails and notices: docs/languages.md says how one is added.</summary>
public static class SpokenLanguages
{
    // A tag of BCP 47 that is met in the wild has four subtags at most; what anyone can send has to end somewhere.
    private const int MostSubtags = 4;

    // Readers of traditional characters get the next language that they ask for, and no simplified ones in their place.
    private static readonly string[] Traditional = ["Hant", "TW", "HK", "MO"];

    public static SpokenLanguage English { get; } = new("en", "en", "English", CultureInfo.GetCultureInfo("en-GB"));

    public static IReadOnlyList<SpokenLanguage> All { get; } =
    [
        English,
        new("fr", "fr", "Français", CultureInfo.GetCultureInfo("fr-FR")),
        new("es", "es", "Español", CultureInfo.GetCultureInfo("es-ES")) { DayFormat = "d 'de' MMMM 'de' yyyy" },
        new("ar", "ar", "العربية", Arabic()) { IsRightToLeft = true },
        new("zh", "zh-Hans", "简体中文", CultureInfo.GetCultureInfo("zh-CN")) { DayFormat = "yyyy'年'M'月'd'日'" },
    ];

    /// <summary>The language of a tag such as <c>fr-CA</c>, <c>zh-Hans-CN</c> or <c>ar</c>; null where it is not spoken.</summary>
    public static SpokenLanguage? Find(string? tag)
    {
        var subtags = (tag ?? "").Split('-', MostSubtags);
        var found = All.FirstOrDefault(language => language.Code.Equals(subtags[0], StringComparison.OrdinalIgnoreCase));
        return found?.Code == "zh" && !subtags.Contains("Hans", StringComparer.OrdinalIgnoreCase) && subtags.Intersect(Traditional, StringComparer.OrdinalIgnoreCase).Any()
            ? null
            : found;
    }

    /// <summary>The language of <paramref name="culture"/>, and English where it is none of them.</summary>
    public static SpokenLanguage Of(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return Find(culture.Name) ?? English;
    }

    // What a machine has of ICU differs by its version and by country: calendars (Umm al-Qura), digits, the names of months, and marks of
    // direction inside numbers. An officer in Rabat and one in Riyadh read the same day, in the digits of the documents they compare it with.
    private static CultureInfo Arabic()
    {
        var culture = new CultureInfo("ar-EG", useUserOverride: false) { NumberFormat = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone() };
        culture.DateTimeFormat.Calendar = new GregorianCalendar(GregorianCalendarTypes.Localized);
        culture.DateTimeFormat.MonthNames = culture.DateTimeFormat.MonthGenitiveNames =
            ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر", ""];
        culture.DateTimeFormat.TimeSeparator = ":";
        culture.DateTimeFormat.DateSeparator = "/";
        return CultureInfo.ReadOnly(culture);
    }
}
