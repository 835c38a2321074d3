using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Companies.Representatives;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>Who acts for the entity, with powers and validity; who was invited, and who asks to be let in.</summary>
public sealed class RepresentativesModel(
    SignedInAccount person, Memberships memberships, Invitations invitations, EntityRegistrations registrations, InviteRepresentative invite, UserManager<Account> accounts, Wording words) : EntityPage(person)
{
    [TempData]
    public string? Done { get; set; }

    public bool MayManage => Entity.Rights.May(MemberPowers.Representatives);

    public IReadOnlyList<(Membership Membership, string Name, string Email)> Members { get; private set; } = [];

    public IReadOnlyList<Invitation> Invitations { get; private set; } = [];

    public IReadOnlyList<(string Name, string Email, string Capacity)> Joining { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostResendAsync(string id) =>
        await AfterAsync(await invite.ResendAsync(Entity.Tin, id, AccountId, HttpContext.RequestAborted), "Representatives.Resent");

    public async Task<IActionResult> OnPostWithdrawAsync(string id) =>
        await AfterAsync(await invite.WithdrawAsync(Entity.Tin, id, AccountId, HttpContext.RequestAborted), "Representatives.InvitationWithdrawn");

    public string Terms(MemberRights rights)
    {
        ArgumentNullException.ThrowIfNull(rights);
        var powers = rights.IsAdministrator ? words["Representatives.role.administrator"] : words.List(rights.Powers.Select(power => words.Find($"Representatives.power.{power}") ?? power));
        return $"{powers} · {words[rights.IsJoint ? "Representatives.signature.joint" : "Representatives.signature.sole"]}";
    }

    public string Validity(DateTimeOffset? from, DateTimeOffset? until) =>
        $"{(from is { } begin ? Days.Text(begin) : words["Representatives.AtOnce"])} – {(until is { } end ? Days.Text(end.AddSeconds(-1)) : words["Representatives.NoEnd"])}";

    private async Task<IActionResult> AfterAsync(Outcome<Invitation> outcome, string done)
    {
        if (outcome.TryGet(out var invitation, out var refusal))
        {
            Done = words[done, invitation.Email];
            return RedirectToPage();
        }

        ModelState.AddModelError("", words.Find($"Representatives.refusal.{refusal.Code}") ?? words["Representatives.refusal.other", refusal.Detail]);
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        var members = new List<(Membership, string, string)>();
        foreach (var membership in await memberships.OfOperatorAsync(Entity.Tin, HttpContext.RequestAborted))
        {
            var account = await accounts.FindByIdAsync(membership.AccountId);
            members.Add((membership, account?.Name.ToString() ?? "", account?.Email ?? ""));
        }

        Members = members;
        if (!MayManage)
        {
            return;
        }

        Invitations = await invitations.OfOperatorAsync(Entity.Tin, HttpContext.RequestAborted);
        var joining = new List<(string, string, string)>();
        foreach (var registration in await registrations.JoiningAsync(Entity.Tin, HttpContext.RequestAborted))
        {
            if (await accounts.FindByIdAsync(registration.AccountId) is { } account)
            {
                joining.Add((account.Name.ToString(), account.Email, registration.Capacity));
            }
        }

        Joining = joining;
    }
}
