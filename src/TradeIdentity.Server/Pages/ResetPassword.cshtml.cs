using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts.Registration;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>Where the link of a mail leads that sets a new password.</summary>
public sealed class ResetPasswordModel(ResetPassword reset, Wording words) : PageModel
{
    private const int LongestToken = 1024;

    [BindProperty(SupportsGet = true)]
    public string? Account { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public bool IsDone { get; private set; }

    public bool IsOver { get; private set; }

    public void OnGet() => IsOver = !IsWhole;

    public async Task OnPostAsync()
    {
        IsOver = !IsWhole;
        if (IsOver)
        {
            return;
        }

        if (string.IsNullOrEmpty(Password))
        {
            ModelState.AddModelError(nameof(Password), words["Form.PasswordMissing"]);
            return;
        }

        var faults = await reset.ExecuteAsync(Account!, Token!, Password, HttpContext.RequestAborted);
        IsDone = faults.Count == 0;
        IsOver = faults.Contains("InvalidToken");
        if (!IsDone && !IsOver)
        {
            ModelState.AddModelError(nameof(Password), PasswordFault.Of(faults[0], words));
        }
    }

    private bool IsWhole => Account is { Length: 32 } && Token is { Length: > 0 and <= LongestToken };
}
