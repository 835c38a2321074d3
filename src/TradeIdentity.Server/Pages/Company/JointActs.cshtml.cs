using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Signatures;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Server.Pages.Mandates;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>What members who sign jointly did: to be signed by another, or settled.</summary>
public sealed class JointActsModel(SignedInAccount person, JointActs acts, SignJointAct sign, UserManager<Account> accounts, TimeProvider time, Wording words) : EntityPage(person)
{
    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public IReadOnlyList<ShownAct> Open { get; private set; } = [];

    public IReadOnlyList<ShownAct> Settled { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostSignAsync(string id) =>
        await AfterAsync(await sign.ExecuteAsync(Entity.Tin, id, AccountId, HttpContext.RequestAborted), "JointActs.Signed");

    public async Task<IActionResult> OnPostDeclineAsync(string id) =>
        await AfterAsync(await sign.DeclineAsync(Entity.Tin, id, Reason ?? "", AccountId, HttpContext.RequestAborted), "JointActs.DeclinedDone");

    public async Task<IActionResult> OnPostWithdrawAsync(string id) =>
        await AfterAsync(await sign.WithdrawAsync(Entity.Tin, id, AccountId, HttpContext.RequestAborted), "JointActs.WithdrawnDone");

    private async Task<IActionResult> AfterAsync(Outcome<JointAct> outcome, string done)
    {
        if (outcome.TryGet(out _, out var refusal))
        {
            Done = words[done];
            return RedirectToPage();
        }

        ModelState.AddModelError("", words.Find($"JointActs.refusal.{refusal.Code}") ?? words["JointActs.refusal.other", refusal.Detail]);
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        var now = time.GetUtcNow();
        var shown = new List<ShownAct>();
        foreach (var act in await acts.OfOperatorAsync(Entity.Tin, HttpContext.RequestAborted))
        {
            var isOpen = act.State == "open" && act.ExpiresAt > now;
            shown.Add(new ShownAct(
                act.Id,
                What(act),
                words["JointActs.By", await NameAsync(act.ProposedBy), Days.Text(act.ProposedAt)],
                isOpen ? words["JointActs.Until", Days.Text(act.ExpiresAt)]
                    : act.State == "open" ? words["JointActs.state.lapsed"]
                    : $"{words[$"JointActs.state.{act.State}"]}, {await NameAsync(act.SettledBy!)}, {Days.Text(act.SettledAt!.Value)}",
                act.Aeo?.LegalGround ?? act.Reason,
                [.. Terms(act)],
                isOpen,
                act.ProposedBy == AccountId));
        }

        Open = [.. shown.Where(act => act.IsOpen)];
        Settled = [.. shown.Where(act => !act.IsOpen)];
    }

    private string What(JointAct act) => act.Mandate is { } offer
        ? words["JointActs.kind.mandate-grant", (offer.Representative as MandateRepresentative.OfOperator)?.Tin.Value ?? words["JointActs.Person"], Days.Text(offer.ValidUntil.AddSeconds(-1))]
        : words[$"JointActs.kind.{act.Kind}", act.Aeo?.Component ?? ""];

    // Nobody signs what they do not see.
    private IEnumerable<string> Terms(JointAct act)
    {
        if (act.Mandate is not { } offer)
        {
            yield break;
        }

        yield return words[$"Mandates.kindText.{offer.Kind.ToCode()}"];
        foreach (var limit in ShownMandate.LimitsOf(offer.Scope, words).DefaultIfEmpty(words["Mandates.NoLimits"]))
        {
            yield return limit;
        }

        yield return $"{words["Mandates.FurtherLevels"]}: {(offer.FurtherLevels == 0 ? words["Mandates.FurtherNone"] : words["Mandates.FurtherSome", offer.FurtherLevels])}";
    }

    private async Task<string> NameAsync(string id) => (await accounts.FindByIdAsync(id))?.Name.ToString() ?? "";

    /// <summary>One act as a row.</summary>
    public sealed record ShownAct(string Id, string What, string By, string Standing, string? Text, IReadOnlyList<string> Terms, bool IsOpen, bool IsOwn);
}
