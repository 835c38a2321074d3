using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Officer;

/// <summary>Asks an applicant for information.</summary>
public sealed class AskModel(SignedInOfficer officer, GetOperator get, AskForInformation ask, ProgrammeCatalogue programmes, Wording words) : PageModel
{
    private AeoProgramme _programme = null!;

    [BindProperty]
    public string? Question { get; set; }

    [BindProperty]
    public string? DueOn { get; set; }

    public Operator Operator { get; private set; } = null!;

    public string Component { get; private set; } = "";

    public int MostDays => _programme.Clock?.InformationDays ?? AeoClock.UsualInformationDays;

    public bool Prolongs => _programme.Clock is { InformationProlongs: true };

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
        await next();
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await ask.ExecuteAsync(
            Operator.Tin, _programme.Code, Component, Question ?? "", Days.Read(DueOn) ?? default, officer.Required, HttpContext.RequestAborted);
        if (outcome.Refusal is { } refusal)
        {
            var field = refusal.Code switch { "aeo_question_invalid" => nameof(Question), "aeo_answer_day_invalid" => nameof(DueOn), _ => "" };
            ModelState.AddModelError(field, words.Find($"Officer.refusal.{refusal.Code}") ?? words["Officer.refusal.other", refusal.Code]);
            return Page();
        }

        TempData[nameof(CaseModel.Done)] = words["Officer.Asked"];
        return RedirectToPage("/Officer/Case", new { tin = Operator.Tin.Value });
    }
}
