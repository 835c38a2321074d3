using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies;
using TradeIdentity.Authority.Companies.Changes;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>Declares that facts of the entity have changed, shows what waits and what became of earlier ones.</summary>
public sealed class ChangeModel(SignedInAccount person, GetOperator operators, EntityChanges changes, DeclareChange declare, Wording words) : EntityPage(person)
{
    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public string? LegalName { get; set; }

    [BindProperty]
    public string? Jurisdiction { get; set; }

    [BindProperty]
    public string? LegalForm { get; set; }

    [BindProperty]
    public string? Street { get; set; }

    [BindProperty]
    public string? PostalCode { get; set; }

    [BindProperty]
    public string? Locality { get; set; }

    [BindProperty]
    public string? Country { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Roles { get; set; } = [];

    [BindProperty]
    public string? Grounds { get; set; }

    public bool MayDeclare => Entity.Rights.May(MemberPowers.Company);

    public IReadOnlyList<EntityChange> Changes { get; private set; } = [];

    public EntityChange? Open => Changes.FirstOrDefault(change => change.State == "open");

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => base.OnPageHandlerExecutionAsync(context, async () =>
    {
        Changes = await changes.OfOperatorAsync(Entity.Tin, HttpContext.RequestAborted);
        return await next();
    });

    public async Task OnGetAsync()
    {
        if ((await operators.ExecuteAsync(Entity.Tin, HttpContext.RequestAborted)).TryGet(out var held, out _))
        {
            (LegalName, Jurisdiction, LegalForm) = (held.LegalName, held.Jurisdiction.Value, held.LegalForm?.Value);
            (Street, PostalCode, Locality, Country) = (
                held.RegisteredAddress?.Street, held.RegisteredAddress?.PostalCode, held.RegisteredAddress?.Locality, held.RegisteredAddress?.Country.Value ?? held.Jurisdiction.Country.Value);
            Roles = [.. held.Roles.Select(role => role.Code)];
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var details = new EntityDetails(
            LegalName ?? "",
            Upper(Jurisdiction) ?? "",
            Upper(LegalForm),
            new EntityAddress(Blank(Street), Blank(Locality), Blank(PostalCode), Upper(Country) ?? ""),
            null,
            [.. Roles.Distinct()]);
        return After((await declare.ExecuteAsync(Entity.Tin, details, Grounds ?? "", AccountId, HttpContext.RequestAborted)).Refusal, "Changes.Sent");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string id) =>
        After((await declare.WithdrawAsync(Entity.Tin, id, AccountId, HttpContext.RequestAborted)).Refusal, "Changes.Withdrawn");

    private IActionResult After(Refusal? refusal, string done)
    {
        if (refusal is not null)
        {
            var field = refusal.Code switch
            {
                "change_grounds_invalid" => nameof(Grounds),
                "jurisdiction_invalid" => nameof(Jurisdiction),
                "legal_form_invalid" => nameof(LegalForm),
                "country_invalid" => nameof(Country),
                "text_invalid" when refusal.Detail.StartsWith("$.legalName", StringComparison.Ordinal) => nameof(LegalName),
                _ => "",
            };
            ModelState.AddModelError(field, words.Find($"Changes.refusal.{refusal.Code}") ?? words["Changes.refusal.other", refusal.Detail]);
            return Page();
        }

        Done = words[done];
        return RedirectToPage();
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Upper(string? text) => Blank(text)?.ToUpperInvariant();
}
