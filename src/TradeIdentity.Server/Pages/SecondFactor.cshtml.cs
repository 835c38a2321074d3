using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Server.Accounts;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>After the password: the code of the authenticator application, or a recovery code.</summary>
public sealed class SecondFactorModel(AccountSignIn signIn, SignInWithCode withCode, SignInWithRecoveryCode withRecoveryCode, Asker asker, Wording words) : PageModel
{
    private const int LongestCode = 64;

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? With { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public bool IsRecovery => With == "recovery";

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        await asker.FindAsync(ReturnUrl, HttpContext.RequestAborted);
        await next();
    }

    public async Task<IActionResult> OnGetAsync() => await IsWaitingAsync() ? Page() : BeginAgain();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await IsWaitingAsync())
        {
            return BeginAgain();
        }

        var code = TypedCode.Read(Code);
        if (code.Length is 0 or > LongestCode)
        {
            ModelState.AddModelError(nameof(Code), words["Form.CodeMissing"]);
            return Page();
        }

        var answer = IsRecovery
            ? await withRecoveryCode.ExecuteAsync(code, HttpContext.RequestAborted)
            : await withCode.ExecuteAsync(code, HttpContext.RequestAborted);
        switch (answer)
        {
            case SignInAnswer.SignedIn:
                return LocalRedirect(ReturnAddress.Safe(ReturnUrl));
            case SignInAnswer.Wait wait:
                return this.AskToWait(wait.Seconds, words);
            default:
                ModelState.AddModelError(nameof(Code), words[IsRecovery ? "SecondFactor.RecoveryWrong" : "Form.CodeWrong"]);
                return Page();
        }
    }

    private async Task<bool> IsWaitingAsync() => await signIn.GetTwoFactorAuthenticationUserAsync() is not null;

    private RedirectToPageResult BeginAgain() => RedirectToPage("/SignIn", new { ReturnUrl, over = true });
}
