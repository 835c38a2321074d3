using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Registration;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>Opens an account. Whether the address has one already is told to its owner by mail, never here.</summary>
public sealed class RegisterModel(RegisterAccount register, SentMail mail, Wording words) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? GivenName { get; set; }

    [BindProperty]
    public string? FamilyName { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public bool IsSent { get; private set; }

    public string? MailFolder => mail.Folder;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var name = new PersonName(GivenName?.Trim() ?? "", FamilyName?.Trim() ?? "");
        if (name.ToString().Length == 0)
        {
            ModelState.AddModelError(nameof(GivenName), words["Form.NameMissing"]);
        }

        Email = EmailAddress.Check(Email, ModelState, words);
        if (string.IsNullOrEmpty(Password))
        {
            ModelState.AddModelError(nameof(Password), words["Form.PasswordMissing"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var answer = await register.ExecuteAsync(Email!, Password!, name, words.Language, RateLimits.KeyOf(HttpContext.Connection.RemoteIpAddress), HttpContext.RequestAborted);
        switch (answer)
        {
            case MailActAnswer.Sent:
                IsSent = true;
                return Page();
            case MailActAnswer.Wait wait:
                return this.AskToWait(wait.Seconds, words);
            case MailActAnswer.Invalid invalid:
                SayWhy(invalid.Codes);
                return Page();
            default:
                ModelState.AddModelError("", words["Register.NoMail"]);
                return Page();
        }
    }

    private void SayWhy(IEnumerable<string> codes)
    {
        foreach (var code in codes)
        {
            switch (code)
            {
                case "InvalidEmail":
                    ModelState.AddModelError(nameof(Email), words["Form.EmailInvalid"]);
                    break;
                case "InvalidName":
                    ModelState.AddModelError(nameof(GivenName), words["Form.NameInvalid"]);
                    break;
                default:
                    ModelState.AddModelError(nameof(Password), PasswordFault.Of(code, words));
                    break;
            }
        }
    }
}
