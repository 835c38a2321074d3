using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Aeo.Attachments;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>What is sent to the authority, checked once more and declared to be true.</summary>
public sealed class SubmitModel(SignedInAccount person, OwnAeo own, ProgrammeCatalogue programmes, AnswerSheets sheets, Attachments attachments, Wording words) : HolderActPage(person, own, AeoAct.Submit)
{
    [BindProperty]
    public string? Declared { get; set; }

    /// <summary>Null: the programme asks nothing.</summary>
    public AnswerSheet? Sheet { get; private set; }

    public IReadOnlyList<AttachedDocument> Documents { get; private set; } = [];

    public int? AcceptanceDays => programmes.Find(Component.Programme)?.Clock?.AcceptanceDays;

    public DateOnly? AcceptBy => AcceptanceDays is { } days ? Own.Today.AddDays(days) : null;

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => base.OnPageHandlerExecutionAsync(context, async () =>
    {
        Sheet = (await sheets.FindAsync(Entity.Tin, Component.Programme, Component.Code, HttpContext.RequestAborted)).Match<AnswerSheet?>(sheet => sheet, _ => null);
        Documents = Sheet is null ? [] : await attachments.OfAsync(Entity.Tin, Sheet.Programme, Sheet.Component, Sheet.OpenedStep, HttpContext.RequestAborted);
        return await next();
    });

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Declared != "true")
        {
            ModelState.AddModelError(nameof(Declared), words["AeoHolder.DeclarationMissing"]);
            return Page();
        }

        if (await Own.TakeAsync(Entity, Component, AeoAct.Submit, words["AeoHolder.DeclarationRecorded"], HttpContext.RequestAborted) is { } refusal)
        {
            ModelState.AddModelError("", refusal);
            return Page();
        }

        TempData[nameof(IndexModel.Done)] = words[Own.IsProposed ? "JointActs.Proposed" : "AeoHolder.Submitted"];
        return RedirectToPage("/AeoHolder/Index");
    }
}
