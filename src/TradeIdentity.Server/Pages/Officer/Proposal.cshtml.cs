using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Officer;

/// <summary>What one officer proposed: another sees what follows, and approves it or turns it down; the first may take it back.</summary>
public sealed class ProposalModel(
    SignedInOfficer officer, AeoProposals proposals, ForeseeAeoDecision foresee, ApproveAeoProposal approve, TurnDownAeoProposal turnDown, WithdrawAeoProposal withdraw, Wording words) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public AeoProposal Proposal { get; private set; } = null!;

    public string ProposedBy { get; private set; } = "";

    public string? SettledBy { get; private set; }

    public AeoForeseen? Foreseen { get; private set; }

    public bool MayWithdraw => IsOpen && Proposal.ProposedBy == officer.Required.Id && officer.Required.MayPropose;

    public bool MayDecide => IsOpen && Proposal.ProposedBy != officer.Required.Id && officer.Required.MayApprove;

    private bool IsOpen => Proposal.State == AeoProposalState.Open;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await officer.FindAsync(HttpContext.RequestAborted) is null || !GivenTin.Read(context.RouteData.Values["tin"] as string ?? "").TryGet(out var tin, out _)
            || context.RouteData.Values["id"] is not string { Length: 32 } id || !id.All(char.IsAsciiHexDigitLower)
            || !(await proposals.FindAsync(tin, id, HttpContext.RequestAborted)).TryGet(out var found, out _))
        {
            context.Result = NotFound();
            return;
        }

        await ShowAsync(found);
        await next();
    }

    public async Task<IActionResult> OnPostApproveAsync() =>
        await AfterAsync((await approve.ExecuteAsync(Proposal.Decision.Tin, Proposal.Id, officer.Required, HttpContext.RequestAborted)).Refusal, "Officer.Approved");

    public async Task<IActionResult> OnPostTurnDownAsync() =>
        await AfterAsync((await turnDown.ExecuteAsync(Proposal.Decision.Tin, Proposal.Id, Reason ?? "", officer.Required, HttpContext.RequestAborted)).Refusal, "Officer.TurnedDown");

    public async Task<IActionResult> OnPostWithdrawAsync() =>
        await AfterAsync((await withdraw.ExecuteAsync(Proposal.Decision.Tin, Proposal.Id, officer.Required, HttpContext.RequestAborted)).Refusal, "Officer.Withdrawn");

    private async Task<IActionResult> AfterAsync(Refusal? refusal, string done)
    {
        if (refusal is null)
        {
            Done = words[done];
            return RedirectToPage();
        }

        // Somebody was before: what stands now is shown with it.
        if ((await proposals.FindAsync(Proposal.Decision.Tin, Proposal.Id, HttpContext.RequestAborted)).TryGet(out var now, out _))
        {
            await ShowAsync(now);
        }

        ModelState.AddModelError(refusal.Code == "reason_invalid" ? nameof(Reason) : "", words.Find($"Officer.refusal.{refusal.Code}") ?? words["Officer.refusal.other", refusal.Code]);
        return Page();
    }

    private async Task ShowAsync(AeoProposal proposal)
    {
        Proposal = proposal;
        ProposedBy = await officer.NameAsync(proposal.ProposedBy);
        SettledBy = proposal.SettledBy is { } by ? await officer.NameAsync(by) : null;
        Foreseen = IsOpen && (await foresee.ExecuteAsync(proposal.Decision, officer.Required, HttpContext.RequestAborted)).TryGet(out var foreseen, out _) ? foreseen : null;
    }
}
