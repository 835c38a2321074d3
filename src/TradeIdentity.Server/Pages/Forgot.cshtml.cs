using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Registration;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>Sends a link to set a new password. The answer is the same whether the address has an account or not.</summary>
public sealed class ForgotModel(ResetPassword reset, SentMail mail, Wording words) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public bool IsSent { get; private set; }

    public string? MailFolder => mail.Folder;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Email = EmailAddress.Check(Email, ModelState, words);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var answer = await reset.SendAsync(Email!, RateLimits.KeyOf(HttpContext.Connection.RemoteIpAddress), HttpContext.RequestAborted);
        switch (answer)
        {
            case MailActAnswer.Wait wait:
                return this.AskToWait(wait.Seconds, words);
            case MailActAnswer.NoMail:
                ModelState.AddModelError("", words["Register.NoMail"]);
                return Page();
            default:
                IsSent = true;
                return Page();
        }
    }
}
