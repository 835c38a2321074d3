using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Documents;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Registrars;

/// <summary>One registration: what was stated, beside what a register says and who could be the same; then it is confirmed, refused, or asked about.</summary>
[RolesOnly(AccountRoles.Registrar)]
public sealed class ShowModel(
    SignedInAccount person, EntityRegistrations registrations, RegistrationDocuments documents, FindLookalikes lookalikes, ConfirmRegistration confirm, RefuseRegistration refuse, UserManager<Account> accounts, Wording words) : PageModel
{
    public static IReadOnlyList<string> Confirmations { get; } = ["register", "document", "officer"];

    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public string? Tin { get; set; }

    /// <summary><c>new</c>, or <c>join</c>.</summary>
    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? ConfirmedBy { get; set; }

    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Schemes { get; set; } = [];

    [BindProperty]
    public string? Evidence { get; set; }

    [BindProperty]
    public string? As { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    public EntityRegistration Registration { get; private set; } = null!;

    public IReadOnlyList<Lookalike> Alike { get; private set; } = [];

    public IReadOnlyList<AttachedDocument> Documents { get; private set; } = [];

    public Account? Applicant { get; private set; }

    public bool IsOpen => RegistrationState.IsOpen(Registration.State);

    /// <summary>Where the register says something else than the person.</summary>
    public IEnumerable<(string What, string Stated, string Said)> Differences
    {
        get
        {
            if (Registration.Extract is not { Entity: var said })
            {
                yield break;
            }

            var stated = Registration.Entity;
            foreach (var (what, one, other) in new (string, string?, string?)[]
            {
                ("Company.LegalName", stated.LegalName, said.LegalName),
                ("Company.Jurisdiction", stated.Jurisdiction, said.Jurisdiction),
                ("Company.LegalForm", stated.LegalForm, said.LegalForm),
                ("Company.Street", stated.RegisteredAddress?.Street, said.RegisteredAddress?.Street),
                ("Company.Locality", stated.RegisteredAddress?.Locality, said.RegisteredAddress?.Locality),
                ("Company.Country", stated.RegisteredAddress?.Country, said.RegisteredAddress?.Country),
            })
            {
                if (other is not null && !string.Equals(one, other, StringComparison.Ordinal))
                {
                    yield return (words[what], one ?? "", other);
                }
            }
        }
    }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.RouteData.Values["id"] is not string { Length: 32 } id || await registrations.FindAsync(id, HttpContext.RequestAborted) is not { } found)
        {
            context.Result = NotFound();
            return;
        }

        Registration = found;
        Documents = await documents.OfAsync(id, HttpContext.RequestAborted);
        Alike = await lookalikes.OfAsync(found, HttpContext.RequestAborted);
        Applicant = await accounts.FindByIdAsync(found.AccountId);
        await next();
    }

    public void OnGet()
    {
        Tin = Registration.Joins?.Value ?? Registration.Entity.Tin;
        Kind = Registration.Joins is null ? "new" : "join";
        As = "administrator";
    }

    public async Task<IActionResult> OnPostConfirmAsync()
    {
        Require(Kind is "new" or "join", nameof(Kind), "Registrar.KindMissing");
        Require(!string.IsNullOrWhiteSpace(Tin), nameof(Tin), "Registrar.TinMissing");
        Require(Kind == "join" || Confirmations.Contains(ConfirmedBy), nameof(ConfirmedBy), "Registrar.ConfirmedByMissing");
        Require(Kind == "join" || !string.IsNullOrWhiteSpace(Source), nameof(Source), "Registrar.SourceMissing");
        Require(!string.IsNullOrWhiteSpace(Evidence), nameof(Evidence), "Registrar.EvidenceMissing");
        Require(As is "administrator" or "representative", nameof(As), "Registrar.AsMissing");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var decision = new RegistrationDecision(
            Tin!.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(), Kind == "join", Evidence!, ConfirmedBy ?? "officer", Source, [.. Schemes.Distinct()], As == "administrator");
        return After(await confirm.ExecuteAsync(Registration.Id, decision, person.Session.AccountId, HttpContext.RequestAborted), "Registrar.Confirmed");
    }

    public Task<IActionResult> OnPostRefuseAsync() => SayAsync(refuse.ExecuteAsync, "Registrar.Refused");

    public Task<IActionResult> OnPostAskAsync() => SayAsync(refuse.AskAsync, "Registrar.QuestionSent");

    private async Task<IActionResult> SayAsync(Func<string, string, string, CancellationToken, Task<Outcome<EntityRegistration>>> act, string done)
    {
        Require(!string.IsNullOrWhiteSpace(Text), nameof(Text), "Registrar.TextMissing");
        return ModelState.IsValid ? After(await act(Registration.Id, Text!, person.Session.AccountId, HttpContext.RequestAborted), done) : Page();
    }

    private IActionResult After(Outcome<EntityRegistration> outcome, string done)
    {
        if (outcome.Refusal is { } refusal)
        {
            var field = refusal.Code is "registration_tin_taken" or "tin_malformed" or "operator_unknown" ? nameof(Tin) : "";
            ModelState.AddModelError(field, words.Find($"Registrar.refusal.{refusal.Code}") ?? words["Registrar.refusal.other", refusal.Detail]);
            return Page();
        }

        TempData[nameof(IndexModel.Done)] = words[done, Registration.Entity.LegalName];
        return RedirectToPage("/Registrars/Index");
    }

    private void Require(bool holds, string field, string key)
    {
        if (!holds)
        {
            ModelState.AddModelError(field, words[key]);
        }
    }
}
