using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Officer;

/// <summary>The work list: what waits for a second officer, and applications by their last day.</summary>
public sealed class IndexModel(SignedInOfficer officer, AeoApplications applications, AeoProposals proposals, TimeProvider time, Wording words) : PageModel
{
    /// <summary>The states in which the authority's clock runs.</summary>
    public static IReadOnlyList<string> Running { get; } = [.. Enum.GetValues<AeoStatus>().Where(status => AeoLifecycle.IsRunning(status) || AeoLifecycle.IsHeld(status)).Select(status => status.ToCode())];

    [BindProperty(SupportsGet = true)]
    public string? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Component { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Mine { get; set; }

    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    [BindProperty(SupportsGet = true, Name = "proposals")]
    public string? ProposalsAfter { get; set; }

    public IReadOnlyList<ShownApplication> Applications { get; private set; } = [];

    public IReadOnlyList<ShownProposal> Proposals { get; private set; } = [];

    public int Total { get; private set; }

    public string? Next { get; private set; }

    /// <summary>Not all are shown.</summary>
    public bool IsFiltered => Mine || !string.IsNullOrWhiteSpace(Status) || !string.IsNullOrWhiteSpace(Component);

    public string? NextProposals { get; private set; }

    public async Task OnGetAsync()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        AeoStatus? status = AeoCodes.TryParse(Status ?? "", out AeoStatus named) ? named : null;
        var component = string.IsNullOrWhiteSpace(Component) ? null : Component.Trim().ToUpperInvariant();
        var filter = new AeoApplicationFilter(status, component, Mine ? officer.Required.Id : null);
        if ((await applications.ExecuteAsync(filter, Cursor, null, HttpContext.RequestAborted)).TryGet(out var page, out _))
        {
            Total = page.Total;
            Applications = [.. page.Applications.Select(application => Shown(application, today))];
            Next = page.NextCursor is { } cursor
                ? Url.Page("/Officer/Index", new { status = status?.ToCode(), component, mine = Mine ? "true" : null, cursor }) : null;
        }
        else
        {
            ModelState.AddModelError("", words["Officer.FilterWrong"]);
        }

        if ((await proposals.WorkListAsync(ProposalsAfter, null, HttpContext.RequestAborted)).TryGet(out var waiting, out _))
        {
            var shown = new List<ShownProposal>();
            foreach (var proposal in waiting.Proposals)
            {
                shown.Add(new ShownProposal(
                    proposal.Id,
                    proposal.Decision.Tin.Value,
                    words["Officer.ProposalRow", words[$"Officer.act.{proposal.Decision.Act.ToCode()}"], proposal.Decision.Component, proposal.Decision.Tin.Value],
                    words["Officer.ProposalSince", await officer.NameAsync(proposal.ProposedBy), Days.Text(proposal.ProposedAt)],
                    proposal.ProposedBy == officer.Required.Id));
            }

            Proposals = shown;
            NextProposals = waiting.NextCursor;
        }
    }

    private ShownApplication Shown(AeoApplication application, DateOnly today)
    {
        var component = application.Component;
        var left = component.DueOn!.Value.DayNumber - today.DayNumber;
        var age = Math.Max(0, today.DayNumber - component.EffectiveFrom.DayNumber);
        return new ShownApplication(
            application.Tin.Value,
            application.LegalName,
            words["Officer.ApplicationRow", component.Component, words[$"Officer.status.{component.Status.ToCode()}"], age],
            words[left < 0 ? "Officer.Overdue" : "Officer.DaysLeft", Days.Text(component.DueOn.Value), Math.Abs(left)],
            left < 0,
            application.AnswerBy is { } by ? words[by < today ? "Officer.AnswerLate" : "Officer.AnswerWaits", Days.Text(by)]
                : application.AnsweredOn is { } on ? words["Officer.Answered", Days.Text(on)] : null);
    }

    /// <summary>An application as a line of the list.</summary>
    public sealed record ShownApplication(string Tin, string Name, string What, string Clock, bool IsOverdue, string? Question);

    /// <summary>A proposal as a line of the list.</summary>
    public sealed record ShownProposal(string Id, string Tin, string What, string Since, bool IsOwn);
}
