using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>By password, or by a passkey that names its account itself.</summary>
public sealed class SignInModel(SignInManager<Account> signIn, Wording words) : PageModel
{
    // More than a passkey's answer needs, with attestation and all.
    private const int LongestCredential = 16 * 1024;

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    public string? ClientName { get; private set; }

    public void OnGet(bool over)
    {
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

        var result = await signIn.PasswordSignInAsync(Email!, Password!, isPersistent: false, lockoutOnFailure: true);
        return Answer(result);
    }

    /// <summary>The challenge for the script.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        if (Credential is not { Length: > 0 and <= LongestCredential })
        {
            return BadRequest();
        }

        var result = await signIn.PasskeySignInAsync(Credential);
        if (result == Microsoft.AspNetCore.Identity.SignInResult.Failed)
        {
            ModelState.AddModelError("", words["SignIn.PasskeyFault"]);
            return Page();
        }

        return Answer(result);
    }

    private IActionResult Answer(Microsoft.AspNetCore.Identity.SignInResult result)
    {
        if (result.Succeeded)
        {
            return LocalRedirect(ReturnAddress.Safe(ReturnUrl));
        }

        if (result.RequiresTwoFactor)
        {
            return RedirectToPage("/SecondFactor", new { ReturnUrl });
        }

        ModelState.AddModelError("", words[result.IsLockedOut ? "SignIn.Locked" : result.IsNotAllowed ? "SignIn.Unconfirmed" : "SignIn.Wrong"]);
        return Page();
    }
}
