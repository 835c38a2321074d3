using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Officer;

/// <summary>Records the report of an audit visit.</summary>
public sealed class VisitModel(SignedInOfficer officer, GetOperator get, RecordAeoVisit record, ProgrammeCatalogue programmes, Wording words) : PageModel
{
    private AeoProgramme _programme = null!;

    [BindProperty]
    public string? VisitedOn { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? Visitors { get; set; }

    /// <summary>Codes of the criteria that are met.</summary>
    [BindProperty]
    public IReadOnlyList<string> Met { get; set; } = [];

    /// <summary>In the order of the criteria.</summary>
    [BindProperty]
    public IReadOnlyList<string?> Findings { get; set; } = [];

    [BindProperty]
    public bool Favourable { get; set; }

    [BindProperty]
    public string? Conclusion { get; set; }

    public Operator Operator { get; private set; } = null!;

    public string Component { get; private set; } = "";

    public IReadOnlyList<(string Code, string Name)> Criteria { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        string Route(string name) => context.RouteData.Values[name] as string ?? "";
        if (await officer.FindAsync(HttpContext.RequestAborted) is not { MayTakeActs: true } || programmes.Find(Route("programme")) is not { } programme || programme.Find(Route("component")) is not { } component
            || !GivenTin.Read(Route("tin")).TryGet(out var tin, out _) || !(await get.ExecuteAsync(tin, HttpContext.RequestAborted)).TryGet(out var found, out _))
        {
            context.Result = NotFound();
            return;
        }

        (Operator, _programme, Component) = (found, programme, component.Code);
        Criteria = [.. programme.CriteriaOf(Component).Select(each => (each.Code, each.Names.GetValueOrDefault(words.Language) ?? each.Names["en"]))];
        await next();
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var report = new AeoVisit
        {
            Tin = Operator.Tin,
            Programme = _programme.Code,
            Component = Component,
            VisitedOn = Days.Read(VisitedOn) ?? DateOnly.MaxValue,
            Place = Place ?? "",
            Visitors = Visitors ?? "",
            Findings = [.. Criteria.Select((criterion, at) => new AeoFinding(criterion.Code, Met.Contains(criterion.Code), Findings.ElementAtOrDefault(at) ?? ""))],
            IsFavourable = Favourable,
            Conclusion = Conclusion ?? "",
        };
        var outcome = await record.ExecuteAsync(report, officer.Required, HttpContext.RequestAborted);
        if (outcome.Refusal is { } refusal)
        {
            ModelState.AddModelError("", words.Find($"Officer.refusal.{refusal.Code}") ?? words["Officer.refusal.other", refusal.Code]);
            return Page();
        }

        TempData[nameof(CaseModel.Done)] = words["Officer.VisitDone"];
        return RedirectToPage("/Officer/Case", new { tin = Operator.Tin.Value });
    }
}
