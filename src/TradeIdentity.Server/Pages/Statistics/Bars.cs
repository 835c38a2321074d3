using System.Globalization;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Statistics;

/// <summary>A bar of a chart.</summary>
public sealed record Bar(string Label, long Figure);

/// <summary>A chart of bars, which is a table of their figures.</summary>
/// <param name="Heading">Id of the heading that names it.</param>
/// <param name="Labels">What the bars stand for.</param>
/// <param name="Figures">What they count.</param>
/// <param name="Items">From above.</param>
public sealed record Bars(string Heading, string Labels, string Figures, IReadOnlyList<Bar> Items)
{
    private const double Whole = 100;

    public double Share(Bar bar)
    {
        ArgumentNullException.ThrowIfNull(bar);
        return bar.Figure / (double)Math.Max(1, Items.Max(item => item.Figure));
    }

    /// <summary>Of a bar, in hundredths of the drawing.</summary>
    public static string Width(double share) => (share * Whole).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Where a bar begins: at the side where reading begins.</summary>
    public static string Start(double share) => Language.Current.IsRightToLeft ? Width(1 - share) : "0";
}
