using System.Globalization;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Server.Site;

/// <summary>Days as people read and enter them.</summary>
internal static class Days
{
    internal static string Text(DateOnly day) => WrittenDay.Of(day, CultureInfo.CurrentCulture);

    internal static string Text(DateTimeOffset at) => WrittenDay.Of(at, CultureInfo.CurrentCulture);

    internal static string WithTime(DateTimeOffset at) => WrittenDay.WithTime(at, CultureInfo.CurrentCulture);

    /// <summary>As a date field sends it.</summary>
    internal static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal static string Field(DateTimeOffset at) => Field(DateOnly.FromDateTime(at.UtcDateTime));

    internal static string Field(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
