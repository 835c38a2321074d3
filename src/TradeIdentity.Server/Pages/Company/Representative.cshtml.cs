using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Representatives;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>What one person may do for the entity: changed, or ended at once.</summary>
public sealed class RepresentativeModel(SignedInAccount person, Memberships memberships, ChangeRepresentative change, UserManager<Account> accounts, Wording words) : TermsPage(person, words)
{
    public Membership Member { get; private set; } = null!;

    public string Name { get; private set; } = "";

    public bool IsOwn => Member.AccountId == AccountId;

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => base.OnPageHandlerExecutionAsync(context, async () =>
    {
        var id = context.RouteData.Values["account"] as string;
        if ((await memberships.OfOperatorAsync(Entity.Tin, HttpContext.RequestAborted)).FirstOrDefault(member => member.AccountId == id) is not { } found)
        {
            context.Result = NotFound();
            return null!;
        }

        Member = found;
        Name = (await accounts.FindByIdAsync(found.AccountId))?.Name.ToString() ?? "";
        return await next();
    });

    public void OnGet() => (Role, Powers, Signature, Until) = (
        Member.Rights.IsAdministrator ? "administrator" : "representative",
        [.. Member.Rights.Powers],
        Member.Rights.IsJoint ? "joint" : "sole",
        Member.Rights.EndsAt is { } end ? Days.Field(end.AddSeconds(-1)) : null);

    public async Task<IActionResult> OnPostAsync()
    {
        if (ReadTerms() is not { } terms)
        {
            return Page();
        }

        return After((await change.ExecuteAsync(Entity.Tin, Member.AccountId, terms, AccountId, HttpContext.RequestAborted)).Refusal, "Representatives.Changed");
    }

    public async Task<IActionResult> OnPostEndAsync()
    {
        OnGet();
        return After((await change.EndAsync(Entity.Tin, Member.AccountId, AccountId, HttpContext.RequestAborted)).Refusal, "Representatives.Ended");
    }

    private IActionResult After(Authority.Refusal? refusal, string done)
    {
        if (refusal is not null)
        {
            Refuse(refusal);
            return Page();
        }

        TempData[nameof(RepresentativesModel.Done)] = Words[done, Name];
        return RedirectToPage(IsOwn ? "/Company/Index" : "/Company/Representatives");
    }
}
