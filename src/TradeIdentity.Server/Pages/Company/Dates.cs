using System.Globalization;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>Days as people read and enter them.</summary>
internal static class Dates
{
    internal static string Text(DateTimeOffset at) => WrittenDay.Of(at, CultureInfo.CurrentCulture);

    internal static string Time(DateTimeOffset at) => WrittenDay.WithTime(at, CultureInfo.CurrentCulture);

    /// <summary>As a date field sends it.</summary>
    internal static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal static string Field(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
