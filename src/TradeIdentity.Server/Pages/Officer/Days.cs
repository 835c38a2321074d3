using System.Globalization;

namespace TradeIdentity.Server.Pages.Officer;

/// <summary>Days as people read and enter them.</summary>
internal static class Days
{
    internal static string Text(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    internal static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>As a date field sends it.</summary>
    internal static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal static string Field(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
