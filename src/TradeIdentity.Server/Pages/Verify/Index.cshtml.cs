using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials.Uses;
using TradeIdentity.Authority.Trust;
using TradeIdentity.Server.Site;
using TradeIdentity.Verification;

namespace TradeIdentity.Server.Pages.Verify;

/// <summary>
/// Anyone checks the text of a QR code: the address on every card leads here. The verdict is that of a post with the current bundle, by the
/// same code, and is kept nowhere.
/// </summary>
public sealed class IndexModel(CurrentTrust trust, TellOfUse tell, SignedInAccount person, IOptions<IssuerOptions> issuer, TimeProvider time, Wording words) : PageModel
{
    /// <summary>Characters of the largest QR code, and what a scanner or a clipboard puts around them.</summary>
    public const int MaxText = 4400;

    [BindProperty]
    public string? Text { get; set; }

    public ShownVerdict? Verdict { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var cancelled = HttpContext.RequestAborted;
        Text = Text?.Trim('\uFEFF', ' ', '\t', '\r', '\n');
        if (string.IsNullOrEmpty(Text) || Text.Length > MaxText)
        {
            Text = null;
            ModelState.Clear();
            ModelState.AddModelError(nameof(Text), words["Verify.Missing"]);
            return Page();
        }

        if (!(await trust.GetAsync(cancelled)).TryGet(out var bundle, out _))
        {
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var verdict = OfflineVerifier.Verify(Text, bundle, time.GetUtcNow());
        await tell.ExecuteAsync(verdict, issuer.Value.Code, await person.FindAsync() is null ? CheckerKind.Anyone : CheckerKind.Person, cancelled);
        Verdict = ShownVerdict.Of(verdict, words);
        return Page();
    }
}
