using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Companies.Signatures;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>The entity of the session at a glance: who it is and how well that is confirmed, every status, and what happens next.</summary>
public sealed class IndexModel(
    SignedInAccount person, Memberships memberships, EntityRegistrations registrations, GetOperator operators, JointActs acts, TimeProvider time, Wording words) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    public Membership? Entity { get; private set; }

    public Operator? Operator { get; private set; }

    public bool HasMemberships { get; private set; }

    public IReadOnlyList<EntityRegistration> Registrations { get; private set; } = [];

    /// <summary>What waits for the person or for somebody else, in words, with the way there.</summary>
    public IReadOnlyList<(string Text, string Link)> Next { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        var cancelled = HttpContext.RequestAborted;
        var all = await memberships.OfAccountAsync(person.Session.AccountId, cancelled);
        HasMemberships = all.Count > 0;
        Entity = await person.ActingForAsync(cancelled);
        if (Entity is null && all.Count == 1)
        {
            // The choice of one chooses it, and comes back.
            return RedirectToPage("/ActFor", new { returnUrl = "/company" });
        }

        Registrations = await registrations.OfAccountAsync(person.Session.AccountId, cancelled);
        Operator = Entity is not null && (await operators.ExecuteAsync(Entity.Tin, cancelled)).TryGet(out var found, out _) ? found : null;
        Next = [.. NextSteps(), .. await WaitingAsync(cancelled)];
        return Page();
    }

    private async Task<List<(string, string)>> WaitingAsync(CancellationToken cancelled)
    {
        var waiting = new List<(string, string)>();
        if (Entity is null)
        {
            return waiting;
        }

        var now = time.GetUtcNow();
        if ((await acts.OfOperatorAsync(Entity.Tin, cancelled)).Count(act => act.State == "open" && act.ExpiresAt > now && act.ProposedBy != person.Session.AccountId) is > 0 and var toSign)
        {
            waiting.Add((words["Company.next.sign", toSign], "/company/joint-acts"));
        }

        if (Entity.Rights.May(MemberPowers.Representatives) && (await registrations.JoiningAsync(Entity.Tin, cancelled)).Count is > 0 and var joining)
        {
            waiting.Add((words["Company.next.joining", joining], "/company/representatives"));
        }

        return waiting;
    }

    private IEnumerable<(string, string)> NextSteps() => Registrations
        .Where(each => RegistrationState.IsOpen(each.State))
        .Select(each => (words[$"Company.next.{each.State}", each.Entity.LegalName], $"/company/registrations/{each.Id}"));
}
