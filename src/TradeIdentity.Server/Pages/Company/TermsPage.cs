using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Representatives;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>A page on which a member says on which terms another acts for the entity; who has no power to comes back to the list.</summary>
public abstract class TermsPage(SignedInAccount person, Wording words) : PageModel
{
    public static IReadOnlyList<string> AllPowers => MemberPowers.All;

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Powers { get; set; } = [];

    [BindProperty]
    public string? Signature { get; set; }

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    public Membership Entity { get; private set; } = null!;

    /// <summary>An invitation begins on a day; who is in has begun.</summary>
    public virtual bool AsksFrom => false;

    protected Wording Words => words;

    protected string AccountId => person.Session.AccountId;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await person.ActingForAsync(HttpContext.RequestAborted) is { } entity && entity.Rights.May(MemberPowers.Representatives))
        {
            Entity = entity;
            await next();
        }
        else
        {
            context.Result = RedirectToPage("/Company/Representatives");
        }
    }

    /// <summary>Null: a field says what is wrong.</summary>
    protected InvitationTerms? ReadTerms()
    {
        Require(Role is "administrator" or "representative", nameof(Role), "Representatives.RoleMissing");
        Require(Role == "administrator" || Powers.Count > 0, nameof(Powers), "Representatives.PowersMissing");
        Require(Signature is "sole" or "joint", nameof(Signature), "Representatives.SignatureMissing");
        Require(string.IsNullOrEmpty(From) || Days.Read(From) is not null, nameof(From), "Representatives.DayWrong");
        Require(string.IsNullOrEmpty(Until) || Days.Read(Until) is not null, nameof(Until), "Representatives.DayWrong");
        // The last day is a whole day in UTC.
        return ModelState.IsValid
            ? new InvitationTerms(Role == "administrator", [.. Powers.Distinct()], Signature == "joint", At(From, 0), At(Until, 1))
            : null;
    }

    protected void Refuse(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var field = refusal.Code switch
        {
            "representative_dates_invalid" => nameof(Until),
            "representative_powers_invalid" => nameof(Powers),
            "invitation_address_invalid" or "invitation_open" or "invitation_member" => "Email",
            _ => "",
        };
        ModelState.AddModelError(field, words.Find($"Representatives.refusal.{refusal.Code}") ?? words["Representatives.refusal.other", refusal.Detail]);
    }

    protected void Require(bool holds, string field, string key)
    {
        if (!holds)
        {
            ModelState.AddModelError(field, words[key]);
        }
    }

    private static DateTimeOffset? At(string? day, int add) => Days.Read(day) is { } date ? new DateTimeOffset(date.AddDays(add), TimeOnly.MinValue, TimeSpan.Zero) : null;
}
