using Microsoft.AspNetCore.Mvc;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>Takes an application back before it is decided, when that is confirmed with a reason.</summary>
public sealed class WithdrawModel(SignedInAccount person, OwnAeo own, Wording words) : HolderActPage(person, own, AeoAct.Withdraw)
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

        if (await Own.TakeAsync(Entity, Component, AeoAct.Withdraw, reason, HttpContext.RequestAborted) is { } refusal)
        {
            ModelState.AddModelError("", refusal);
            return Page();
        }

        TempData[nameof(IndexModel.Done)] = words[Own.IsProposed ? "JointActs.Proposed" : "AeoHolder.Withdrawn"];
        return RedirectToPage("/AeoHolder/Index");
    }
}
