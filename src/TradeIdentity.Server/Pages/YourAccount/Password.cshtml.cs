using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.YourAccount;

/// <summary>Changes the password, or sets one where there are only passkeys.</summary>
[RecentSignIn]
public sealed class PasswordModel(
    SignedInAccount person, UserManager<Account> accounts, SignInManager<Account> signIn, Wording words) : PageModel
{
    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [TempData]
    public bool IsDone { get; set; }

    public bool HasPassword { get; private set; }

    public string Email { get; private set; } = "";

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var account = await LoadAsync();
        if (HasPassword && string.IsNullOrEmpty(Current))
        {
            ModelState.AddModelError(nameof(Current), words["Account.CurrentMissing"]);
        }

        if (string.IsNullOrEmpty(Password))
        {
            ModelState.AddModelError(nameof(Password), words["Account.NewMissing"]);
        }
        else if (Password.Length > PasswordFault.MaxLength)
        {
            ModelState.AddModelError(nameof(Password), words["Form.PasswordLong"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        // Guesses count here as they do at the sign-in.
        if (HasPassword && await signIn.CheckPasswordSignInAsync(account, Current!, lockoutOnFailure: true) is { Succeeded: false } wrong)
        {
            ModelState.AddModelError(nameof(Current), words[wrong.IsLockedOut ? "SignIn.Locked" : "Account.CurrentWrong"]);
            return Page();
        }

        var result = HasPassword ? await accounts.ChangePasswordAsync(account, Current!, Password!) : await accounts.AddPasswordAsync(account, Password!);
        if (!result.Succeeded)
        {
            ModelState.AddModelError(nameof(Password), PasswordFault.Of(result, words));
            return Page();
        }

        IsDone = true;
        return RedirectToPage();
    }

    private async Task<Account> LoadAsync()
    {
        var account = await person.RequireAsync();
        (HasPassword, Email) = (account.PasswordHash is not null, account.Email);
        return account;
    }
}
