using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Officer;

/// <summary>An operator's AEO case: its components with their history, what can be done next and by whom, questions and visits.</summary>
public sealed class CaseModel(
    SignedInOfficer officer, GetOperator get, AeoProposals proposals, AeoRequests requests, AeoVisits visits, ProgrammeCatalogue programmes, QuestionnaireCatalogue questionnaires, Database database, TimeProvider time, Wording words) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    public Operator Operator { get; private set; } = null!;

    public IReadOnlyList<ShownComponent> Components { get; private set; } = [];

    public IReadOnlyList<AeoRequest> Requests { get; private set; } = [];

    public IReadOnlyList<AeoVisit> Visits { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string tin)
    {
        var cancelled = HttpContext.RequestAborted;
        if (!GivenTin.Read(tin).TryGet(out var parsed, out _) || !(await get.ExecuteAsync(parsed, cancelled)).TryGet(out var found, out _))
        {
            return NotFound();
        }

        Operator = found;
        var history = await AeoHistory.ReadAsync(database, parsed, programmes, cancelled);
        var open = (await proposals.OfOperatorAsync(parsed, cancelled)).FindAll(proposal => proposal.State == AeoProposalState.Open);
        Requests = await requests.OfOperatorAsync(parsed, cancelled);
        Visits = await visits.OfOperatorAsync(parsed, cancelled);
        var shown = new List<ShownComponent>();
        foreach (var component in found.Aeo)
        {
            var steps = new List<ShownStep>();
            foreach (var step in history.Where(step => step.Component.Programme == component.Programme && step.Component.Component == component.Component))
            {
                steps.Add(await ShownAsync(step));
            }

            shown.Add(Shown(parsed, component.Programme, component.Component, component, steps, open));
        }

        // What the operator's programme has and it never applied for can be opened.
        if (programmes.Of(parsed.Country) is { } programme)
        {
            shown.AddRange(programme.Components
                .Where(each => !found.Aeo.Any(held => held.Programme == programme.Code && held.Component == each.Code))
                .Select(each => Shown(parsed, programme.Code, each.Code, null, [], open)));
        }

        Components = shown;
        return Page();
    }

    public string CriterionName(AeoVisit visit, string code) => NameOf(programmes.Find(visit.Programme!)?.Criteria.FirstOrDefault(each => each.Code == code)?.Names, code);

    private ShownComponent Shown(Tin tin, string programme, string code, AeoComponent? component, IReadOnlyList<ShownStep> steps, List<AeoProposal> open)
    {
        var address = $"/officer/operators/{tin.Value}/aeo/{Uri.EscapeDataString(programme)}/{Uri.EscapeDataString(code)}";
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var ways = component is null ? AeoLifecycle.First : AeoLifecycle.Next(component, today);
        return new ShownComponent(
            programme,
            code,
            $"{programme} {NameOf(programmes.Find(programme)?.Find(code)?.Names, code)}",
            words[component is null ? "Officer.NotHeld" : $"Officer.status.{component.Status.ToCode()}"],
            component?.Status is AeoStatus.Granted,
            component?.DueOn is { } due ? words[due < today ? "Officer.Overdue" : "Officer.DaysLeft", Days.Text(due), Math.Abs(due.DayNumber - today.DayNumber)]
                : AeoLifecycle.BarredUntil(component) is { } barred && today < barred ? words["AeoHolder.BarredUntil", Days.Text(barred)] : null,
            address,
            steps,
            [.. ways.Select(way => new ShownAct(
                words[$"Officer.act.{way.Act.ToCode()}"],
                words.List(AeoCodes.Each(way.By).Select(by => words[$"Officer.by.{by}"])),
                officer.Required.MayTakeActs && (way.By & (AeoDecider.Officer | AeoDecider.TwoOfficers)) != 0 ? $"{address}/{way.Act.ToCode()}" : null))],
            open.Find(proposal => proposal.Decision.Programme == programme && proposal.Decision.Component == code)?.Id,
            officer.Required.MayTakeActs && component is not null && (AeoLifecycle.IsRunning(component.Status) || AeoLifecycle.IsHeld(component.Status)),
            steps.Any(step => step.IsOpening) && questionnaires.Find(programme, null) is not null);
    }

    private async Task<ShownStep> ShownAsync(AeoStep step)
    {
        var by = step.TakenBy switch
        {
            AeoDecider.TwoOfficers or AeoDecider.Succession => words["Officer.ByTwo", await officer.NameAsync(step.ProposedBy), await officer.NameAsync(step.ApprovedBy)],
            AeoDecider.Register => words["Officer.ByRegister", step.Source ?? ""],
            _ => await officer.NameAsync(step.ApprovedBy),
        };
        return new ShownStep(
            words["Officer.StepText", Days.Text(step.Component.EffectiveFrom), words[$"Officer.act.{step.Act.ToCode()}"], words[$"Officer.status.{step.Component.Status.ToCode()}"]],
            step.LegalGround is { } ground ? $"{by}: {ground}" : by,
            step.Component.Status is AeoStatus.Suspended or AeoStatus.Revoked or AeoStatus.Rejected or AeoStatus.Refused or AeoStatus.Expired,
            step.Act == AeoAct.Open);
    }

    private string NameOf(IReadOnlyDictionary<string, string>? names, string code) => names?.GetValueOrDefault(words.Language) ?? names?.GetValueOrDefault("en") ?? code;

    /// <summary>A component with its history and what can be done.</summary>
    public sealed record ShownComponent(
        string Programme, string Code, string Name, string Status, bool Holds, string? Clock, string Address, IReadOnlyList<ShownStep> Steps, IReadOnlyList<ShownAct> Acts, string? Proposal, bool MayVisit, bool HasApplication);

    /// <summary>A step of the history.</summary>
    public sealed record ShownStep(string Text, string By, bool IsStop, bool IsOpening);

    /// <summary>What can be done, by whom, and where this officer does it; null: not by them.</summary>
    public sealed record ShownAct(string Name, string By, string? Link);
}
