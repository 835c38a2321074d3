using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Statistics;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Statistics;

/// <summary>The register in numbers: each chart is a table, so that it is read as well as looked at.</summary>
[RolesOnly]
public sealed class IndexModel(CountRegister count, Wording words) : PageModel
{
    private const int CountriesShown = 20;

    private int _mostInAMonth;

    // Of a page that people wait for.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <summary>Null: they are being counted.</summary>
    public RegisterFigures? Figures { get; private set; }

    public IReadOnlyList<Bar> Countries { get; private set; } = [];

    public IReadOnlyList<Bar> Statuses { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Figures = await count.WithinAsync(Patience, HttpContext.RequestAborted);
        if (Figures is null)
        {
            Response.Headers["Refresh"] = "1";
            return;
        }

        var rest = Figures.ByCountry.Skip(CountriesShown).Sum(each => each.Operators);
        Countries =
        [
            .. Figures.ByCountry.Take(CountriesShown).Select(each => new Bar(each.Country, each.Operators)),
            .. rest > 0 ? [new Bar(words["Statistics.Others"], rest)] : Array.Empty<Bar>(),
        ];
        Statuses = [.. Figures.Aeo.Select(each => new Bar($"{each.Programme} {each.Component}: {words[$"AeoHolder.status.{each.Status}"]}", each.Operators))];
        _mostInAMonth = Figures.Months.Max(month => Math.Max(month.Submitted, Math.Max(month.Granted, month.Refused)));
    }

    /// <summary>Of the longest bar of the months.</summary>
    public double Share(int figure) => _mostInAMonth == 0 ? 0 : figure / (double)_mostInAMonth;
}
