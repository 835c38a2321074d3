using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts.Registration;

namespace TradeIdentity.Server.Pages;

/// <summary>Where the link of a mail leads that confirms an address.</summary>
public sealed class ConfirmEmailModel(ConfirmEmail confirm) : PageModel
{
    private const int LongestToken = 1024;

    [BindProperty(SupportsGet = true)]
    public string? Account { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    public bool IsDone { get; private set; }

    public bool IsOver { get; private set; }

    public void OnGet() => IsOver = !IsWhole;

    public async Task OnPostAsync()
    {
        IsDone = IsWhole && await confirm.ExecuteAsync(Account!, Token!);
        IsOver = !IsDone;
    }

    private bool IsWhole => Account is { Length: 32 } && Token is { Length: > 0 and <= LongestToken };
}
