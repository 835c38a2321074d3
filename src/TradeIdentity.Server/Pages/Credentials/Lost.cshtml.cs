using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Credentials;

/// <summary>Reports a credential lost: what happened, what follows, and that it is for good.</summary>
public sealed class LostModel(
    SignedInAccount person, OwnCredentials own, ReportCredentialLost report, ProgrammeCatalogue programmes, TimeProvider time, Wording words) : PageModel
{
    private const int LongestDetail = 300;

    private IssuedCredential _credential = null!;

    public static IReadOnlyList<string> Grounds { get; } = ["lost", "stolen", "copied"];

    [BindProperty]
    public string? Ground { get; set; }

    [BindProperty]
    public string? Detail { get; set; }

    public ShownCredential Credential { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await own.FindAsync(context.RouteData.Values["id"], HttpContext.RequestAborted) is not var (_, credential))
        {
            context.Result = NotFound();
            return;
        }

        _credential = credential;
        Credential = ShownCredential.Of(credential, programmes, words, time.GetUtcNow());
        if (Credential.State is not (CredentialState.Valid or CredentialState.Suspended))
        {
            context.Result = RedirectToPage("/Credentials/Show", new { id = Credential.Id });
            return;
        }

        await next();
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Ground is null || !Grounds.Contains(Ground))
        {
            ModelState.AddModelError(nameof(Ground), words["Credentials.GroundMissing"]);
        }

        if (Detail?.Length > LongestDetail)
        {
            ModelState.AddModelError(nameof(Detail), words["Credentials.DetailWrong"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var ground = string.IsNullOrWhiteSpace(Detail) ? Ground! : $"{Ground}: {Detail.Trim()}";
        var outcome = await report.ExecuteAsync(
            _credential.Id, Authority.Operators.Identifiers.Tin.Parse(_credential.Tin), ground, person.Session.AccountId, HttpContext.RequestAborted);
        if (outcome.TryGet(out _, out var refusal))
        {
            TempData[nameof(ShowModel.Done)] = words["Credentials.LostDone"];
            return RedirectToPage("/Credentials/Show", new { id = Credential.Id });
        }

        ModelState.AddModelError(refusal.Code == "ground_invalid" ? nameof(Detail) : "", refusal.Code == "ground_invalid" ? words["Credentials.DetailWrong"] : own.Say(refusal));
        return Page();
    }
}
