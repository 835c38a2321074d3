using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Credentials;

/// <summary>Says what replacing a credential does, and does it when that is confirmed.</summary>
public sealed class ReplaceModel(
    SignedInAccount person, OwnCredentials own, ReplaceCredential replace, ProgrammeCatalogue programmes, TimeProvider time, Wording words) : PageModel
{
    private IssuedCredential _credential = null!;

    public ShownCredential Credential { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await own.FindAsync(context.RouteData.Values["id"], HttpContext.RequestAborted) is not var (entity, credential))
        {
            context.Result = NotFound();
            return;
        }

        _credential = credential;
        Credential = ShownCredential.Of(credential, programmes, words, time.GetUtcNow());
        if (Credential.State != CredentialState.Valid || !OwnCredentials.MayObtain(entity))
        {
            // It was replaced meanwhile, or never could be: its page says what it is.
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
        var outcome = await replace.ExecuteAsync(
            _credential.Id, Authority.Operators.Identifiers.Tin.Parse(_credential.Tin), person.Session.AccountId, HttpContext.RequestAborted);
        if (outcome.TryGet(out var next, out var refusal))
        {
            TempData[nameof(ShowModel.Done)] = words["Credentials.ReplacedDone"];
            return RedirectToPage("/Credentials/Show", new { id = next.Id.ToString() });
        }

        ModelState.AddModelError("", own.Say(refusal));
        return Page();
    }
}
