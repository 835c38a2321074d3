using System.Globalization;
using System.Xml;

namespace TradeIdentity.Cli.Verifier;

/// <summary>A duration as people and standards write it: <c>90s</c>, <c>15m</c>, <c>36h</c>, <c>7d</c>, or ISO 8601 (<c>PT36H</c>).</summary>
internal static class Duration
{
    // Longer than any bundle is kept; shorter than what overflows.
    private const long MostDays = 36500;

    internal static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.StartsWith('P'))
        {
            try
            {
                duration = XmlConvert.ToTimeSpan(text);
            }
            catch (Exception malformed) when (malformed is FormatException or OverflowException)
            {
                return false;
            }

            return duration >= TimeSpan.Zero && duration.TotalDays <= MostDays;
        }

        if (text.Length < 2 || !decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        if (unit == 0 || count > MostDays * 86400m || count * unit > MostDays * 86400m)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)(count * unit * TimeSpan.TicksPerSecond));
        return true;
    }
}
