using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.MasterData;
using TradeIdentity.Authority.Companies.Signatures;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>The entity's consent that its AEO master data goes to partner administrations: given, withdrawn, and what there was before.</summary>
public sealed class MasterDataModel(
    SignedInAccount person, MasterDataReleases releases, ReleaseMasterData release, ProposeJointAct propose, UserManager<Account> accounts, Wording words) : EntityPage(person)
{
    [TempData]
    public string? Done { get; set; }

    public bool May => Entity.Rights.May(MemberPowers.Aeo);

    public bool IsReleased { get; private set; }

    /// <summary>What goes, by the table.</summary>
    public IReadOnlyList<PrivateFact> Facts { get; } =
        [.. PrivacyTable.OfOperator.Where(row => row.PartnerAdministration == Disclosure.WhenReleased).Select(row => row.Fact)];

    public IReadOnlyList<(string Given, string? Withdrawn)> History { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostReleaseAsync() => Entity.Rights.IsJoint
        ? await AfterAsync((await propose.ReleaseMasterDataAsync(Entity.Tin, AccountId, HttpContext.RequestAborted)).Refusal, "JointActs.Proposed", "/Company/JointActs")
        : await AfterAsync((await release.ExecuteAsync(Entity.Tin, AccountId, HttpContext.RequestAborted)).Refusal, "MasterData.ReleasedDone", null);

    public async Task<IActionResult> OnPostWithdrawAsync() =>
        await AfterAsync((await release.WithdrawAsync(Entity.Tin, AccountId, HttpContext.RequestAborted)).Refusal, "MasterData.WithdrawnDone", null);

    private async Task<IActionResult> AfterAsync(Refusal? refusal, string done, string? next)
    {
        if (refusal is null)
        {
            Done = words[done];
            return RedirectToPage(next);
        }

        ModelState.AddModelError("", words.Find($"MasterData.refusal.{refusal.Code}") ?? words.Find($"JointActs.refusal.{refusal.Code}") ?? words["JointActs.refusal.other", refusal.Detail]);
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        var all = await releases.OfOperatorAsync(Entity.Tin, HttpContext.RequestAborted);
        IsReleased = all is [{ WithdrawnAt: null }, ..];
        var history = new List<(string, string?)>();
        foreach (var each in all)
        {
            var by = each.CoSignedBy is null ? await NameAsync(each.GivenBy) : words.List([await NameAsync(each.GivenBy), await NameAsync(each.CoSignedBy)]);
            history.Add((
                words["MasterData.Given", Days.Text(each.GivenAt), by],
                each.WithdrawnAt is { } at ? words["MasterData.WithdrawnOn", Days.Text(at), await NameAsync(each.WithdrawnBy!)] : null));
        }

        History = history;
    }

    private async Task<string> NameAsync(string id) => (await accounts.FindByIdAsync(id))?.Name.ToString() ?? "–";
}
