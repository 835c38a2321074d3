using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Successions;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Successions;

/// <summary>One succession: another officer sees what ends, and approves it or turns it down; the first may take it back.</summary>
[RolesOnly(AccountRoles.Registrar, AccountRoles.Approver)]
public sealed class ShowModel(
    SignedInAccount person, SignedInOfficer officer, SuccessionProposals proposals, ForeseeSuccession foresee, SettleSuccession settle,
    Database database, OperatorReader operators, Wording words) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public SuccessionProposal Proposal { get; private set; } = null!;

    public string ProposedBy { get; private set; } = "";

    public string? SettledBy { get; private set; }

    /// <summary>While it is open.</summary>
    public IReadOnlyList<ForeseenEnd> Ends { get; private set; } = [];

    public bool MayWithdraw { get; private set; }

    public bool MayDecide { get; private set; }

    private IReadOnlyDictionary<Tin, Operator> _parties = new Dictionary<Tin, Operator>();

    /// <summary>Its name, as the register has it.</summary>
    public string NameOf(Tin tin) => _parties.TryGetValue(tin, out var party) ? party.LegalName : tin.Value;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.RouteData.Values["id"] is string { Length: 32 } id && (await proposals.FindAsync(id, HttpContext.RequestAborted)).TryGet(out var found, out _))
        {
            await ShowAsync(found);
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostApproveAsync() =>
        await AfterAsync(await settle.ApproveAsync(Proposal.Id, person.Session.AccountId, HttpContext.RequestAborted), "Successions.Approved");

    public async Task<IActionResult> OnPostTurnDownAsync() =>
        await AfterAsync(await settle.TurnDownAsync(Proposal.Id, Reason ?? "", person.Session.AccountId, HttpContext.RequestAborted), "Successions.TurnedDown");

    public async Task<IActionResult> OnPostWithdrawAsync() =>
        await AfterAsync(await settle.WithdrawAsync(Proposal.Id, person.Session.AccountId, HttpContext.RequestAborted), "Successions.Withdrawn");

    internal static string TextOf(Refusal refusal, Wording words) =>
        words.Find($"Successions.refusal.{refusal.Code}") is not null ? words[$"Successions.refusal.{refusal.Code}", refusal.Detail] : words["Successions.refusal.other", refusal.Detail];

    private async Task<IActionResult> AfterAsync(Outcome<SuccessionProposal> outcome, string done)
    {
        if (outcome.Refusal is not { } refusal)
        {
            Done = words[done];
            return RedirectToPage();
        }

        // Somebody was before: what stands now is shown with it.
        if ((await proposals.FindAsync(Proposal.Id, HttpContext.RequestAborted)).TryGet(out var now, out _))
        {
            await ShowAsync(now);
        }

        ModelState.AddModelError(refusal.Code == "reason_invalid" ? nameof(Reason) : "", TextOf(refusal, words));
        return Page();
    }

    private async Task ShowAsync(SuccessionProposal proposal)
    {
        Proposal = proposal;
        ProposedBy = await officer.NameAsync(proposal.ProposedBy);
        SettledBy = proposal.SettledBy is { } by ? await officer.NameAsync(by) : null;
        _parties = await operators.FindManyAsync(database, [.. proposal.Parties], HttpContext.RequestAborted);
        var (isOpen, isOwn) = (proposal.State == "open", proposal.ProposedBy == person.Session.AccountId);
        Ends = isOpen ? await foresee.ExecuteAsync(proposal, HttpContext.RequestAborted) : [];
        MayWithdraw = isOpen && isOwn && await person.HasRoleAsync(AccountRoles.Registrar);
        MayDecide = isOpen && !isOwn && (await person.FindAsync())?.Roles.Contains(AccountRoles.Approver) == true;
    }
}
