using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>After the password: the code of the authenticator application, or a recovery code.</summary>
public sealed class SecondFactorModel(SignInManager<Account> signIn, Wording words) : PageModel
{
    private const int LongestCode = 64;

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? With { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public bool IsRecovery => With == "recovery";

    public async Task<IActionResult> OnGetAsync() => await IsWaitingAsync() ? Page() : BeginAgain();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await IsWaitingAsync())
        {
            return BeginAgain();
        }

        var code = string.Concat((Code ?? "").Where(letter => !char.IsWhiteSpace(letter)));
        if (code.Length is 0 or > LongestCode)
        {
            ModelState.AddModelError(nameof(Code), words["Form.CodeMissing"]);
            return Page();
        }

        var result = IsRecovery
            ? await signIn.TwoFactorRecoveryCodeSignInAsync(code)
            : await signIn.TwoFactorAuthenticatorSignInAsync(code.Replace("-", "", StringComparison.Ordinal), isPersistent: false, rememberClient: false);
        if (result.Succeeded)
        {
            return LocalRedirect(ReturnAddress.Safe(ReturnUrl));
        }

        ModelState.AddModelError(nameof(Code), words[result.IsLockedOut ? "SecondFactor.Locked" : IsRecovery ? "SecondFactor.RecoveryWrong" : "Form.CodeWrong"]);
        return Page();
    }

    private async Task<bool> IsWaitingAsync() => await signIn.GetTwoFactorAuthenticationUserAsync() is not null;

    private RedirectToPageResult BeginAgain() => RedirectToPage("/SignIn", new { ReturnUrl, over = true });
}
