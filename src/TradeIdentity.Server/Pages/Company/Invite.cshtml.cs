using Microsoft.AspNetCore.Mvc;
using TradeIdentity.Authority.Companies.Representatives;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>Asks a person by e-mail to act for the entity; the answers are checked once more before the mail goes out.</summary>
public sealed class InviteModel(SignedInAccount person, InviteRepresentative invite, Wording words) : TermsPage(person, words)
{
    [BindProperty(SupportsGet = true)]
    public string? Email { get; set; }

    public bool IsChecking { get; private set; }

    public override bool AsksFrom => true;

    public IEnumerable<(string Name, string? Value)> Given =>
    [
        (nameof(Email), Email), (nameof(Role), Role), .. Powers.Select(power => (nameof(Powers), (string?)power)), (nameof(Signature), Signature), (nameof(From), From), (nameof(Until), Until),
    ];

    public void OnGet() => (Role, Signature, Powers) = ("representative", Entity.Rights.IsJoint ? "joint" : "sole", ["aeo"]);

    public IActionResult OnPost()
    {
        EmailAddress.Check(Email, ModelState, Words);
        IsChecking = ReadTerms() is not null;
        return Page();
    }

    public IActionResult OnPostBack() => Page();

    public async Task<IActionResult> OnPostSendAsync()
    {
        if (ReadTerms() is not { } terms)
        {
            return Page();
        }

        var outcome = await invite.ExecuteAsync(Entity.Tin, Email ?? "", terms, AccountId, HttpContext.RequestAborted);
        if (outcome.TryGet(out var invitation, out var refusal))
        {
            TempData[nameof(RepresentativesModel.Done)] = Words["Representatives.Invited", invitation.Email];
            return RedirectToPage("/Company/Representatives");
        }

        Refuse(refusal);
        return Page();
    }
}
