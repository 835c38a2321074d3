using Microsoft.AspNetCore.Mvc;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Aeo.Attachments;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>What is sent to the authority, checked once more and declared to be true.</summary>
public sealed class SubmitModel(SignedInAccount person, OwnAeo own, ProgrammeCatalogue programmes, AnswerSheets sheets, Attachments attachments, Wording words) : DraftPage(person, own, sheets, attachments)
{
    [BindProperty]
    public string? Declared { get; set; }

    public int? AcceptanceDays => programmes.Find(Component.Programme)?.Clock?.AcceptanceDays;

    public DateOnly? AcceptBy => AcceptanceDays is { } days ? Own.Today.AddDays(days) : null;

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
