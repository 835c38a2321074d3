using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Server.Accounts;
using TradeIdentity.Server.OpenId.Authorization;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>By password, or by a passkey that names its account itself.</summary>
public sealed class SignInModel(SignInWithPassword withPassword, SignInWithPasskey withPasskey, Interactions interactions, Asker asker, Wording words) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    public string? ClientName { get; private set; }

    /// <summary>The person is signed in, and has to prove it anew.</summary>
    public bool IsAgain { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ClientName = (await asker.FindAsync(ReturnUrl, HttpContext.RequestAborted))?.Name;
        await next();
    }

    /// <param name="over">The wait for the second step was over.</param>
    /// <param name="again">A page of ours asks for a recent sign-in.</param>
    public void OnGet(bool over, bool again)
    {
        // OpenID Connect Core §3.1.2.1: login_hint, which the client may know.
        Email = interactions.TryRead(ReturnUrl, out var asked) && asked.LoginHint is { Length: <= 254 } hint && hint.Contains('@', StringComparison.Ordinal) ? hint : null;
        IsAgain = again;
        if (over)
        {
            ModelState.AddModelError("", words["SignIn.Expired"]);
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Email = EmailAddress.Check(Email, ModelState, words);
        if (string.IsNullOrEmpty(Password))
        {
            ModelState.AddModelError(nameof(Password), words["Form.PasswordMissing"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        return Show(await withPassword.ExecuteAsync(Email!, Password!, HttpContext.RequestAborted), "SignIn.Wrong");
    }

    /// <summary>The challenge for the script.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(await withPasskey.BeginAsync(), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync() =>
        Show(await withPasskey.ExecuteAsync(Credential ?? "", HttpContext.RequestAborted), "SignIn.PasskeyFault");

    private IActionResult Show(SignInAnswer answer, string failed)
    {
        switch (answer)
        {
            case SignInAnswer.SignedIn:
                return LocalRedirect(ReturnAddress.Safe(ReturnUrl));
            case SignInAnswer.SecondFactorNeeded:
                return RedirectToPage("/SecondFactor", new { ReturnUrl });
            case SignInAnswer.Wait wait:
                return this.AskToWait(wait.Seconds, words);
            case SignInAnswer.EmailNotConfirmed:
                ModelState.AddModelError("", words["SignIn.Unconfirmed"]);
                return Page();
            default:
                ModelState.AddModelError("", words[failed]);
                return Page();
        }
    }
}
