using Microsoft.AspNetCore.Mvc;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>A page that says what an act of the holder brings, and does it when that is confirmed with a reason.</summary>
public abstract class ReasonedActPage(SignedInAccount person, OwnAeo own, Wording words, AeoAct act, string done) : HolderActPage(person, own, act)
{
    [BindProperty]
    public string? Reason { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var reason = Reason?.Trim() ?? "";
        if (reason.Length is 0 or > ApplyModel.LongestReason)
        {
            ModelState.AddModelError(nameof(Reason), words["AeoHolder.ReasonMissing"]);
            return Page();
        }

        if (await Own.TakeAsync(Entity, Component, Act, reason, HttpContext.RequestAborted) is { } refusal)
        {
            ModelState.AddModelError("", refusal);
            return Page();
        }

        TempData[nameof(IndexModel.Done)] = words[Own.IsProposed ? "JointActs.Proposed" : done];
        return RedirectToPage("/AeoHolder/Index");
    }
}
