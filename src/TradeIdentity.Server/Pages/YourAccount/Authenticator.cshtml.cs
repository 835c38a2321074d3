using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Server.Accounts;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.YourAccount;

/// <summary>The authenticator application: enrolled, replaced, given up, and its recovery codes, which are shown once.</summary>
[RecentSignIn]
public sealed class AuthenticatorModel(SignedInAccount person, UserManager<Account> accounts, AccountSignIn signIn, Wording words) : PageModel
{
    private const int RecoveryCodeCount = 10;

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [TempData]
    public string? Done { get; set; }

    public bool IsOn { get; private set; }

    public int CodesLeft { get; private set; }

    /// <summary>The person has no other second factor, and may not be without one.</summary>
    public bool MustKeep { get; private set; }

    public bool MustAdd { get; private set; }

    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public string QrSvg { get; private set; } = "";

    public string SpacedKey { get; private set; } = "";

    public async Task OnGetAsync() => await LoadAsync(await person.RequireAsync());

    public async Task<IActionResult> OnPostAsync()
    {
        var account = await person.RequireAsync();
        var code = string.Concat(TypedCode.Read(Code).Where(char.IsAsciiDigit));
        if (code.Length == 0)
        {
            ModelState.AddModelError(nameof(Code), words["Form.CodeMissing"]);
        }
        else if (account.TwoFactorEnabled || !await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            ModelState.AddModelError(nameof(Code), words["Form.CodeWrong"]);
        }

        if (!ModelState.IsValid)
        {
            await LoadAsync(account);
            return Page();
        }

        await accounts.SetTwoFactorEnabledAsync(account, true);
        if (person.Session.Amr.Contains("pwd"))
        {
            // Password and code are proven now, as they would be by signing in again.
            await signIn.SignInWithAsync(account, SignInEvidence.PasswordAndCode);
        }

        return await ShowCodesAsync(account);
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        var account = await person.RequireAsync();
        return account.TwoFactorEnabled ? await ShowCodesAsync(account) : RedirectToPage();
    }

    public async Task<IActionResult> OnPostOffAsync()
    {
        var account = await person.RequireAsync();
        if (!await MustKeepAsync(account))
        {
            await accounts.SetTwoFactorEnabledAsync(account, false);
            await accounts.ResetAuthenticatorKeyAsync(account);
            Done = words["Authenticator.TurnedOff"];
        }

        return RedirectToPage();
    }

    private async Task<PageResult> ShowCodesAsync(Account account)
    {
        RecoveryCodes = [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodeCount) ?? []];
        ReturnUrl = ReturnAddress.IsSafe(ReturnUrl) ? ReturnUrl : null;
        return Page();
    }

    private async Task<bool> MustKeepAsync(Account account) => account.IsOfficer && (await accounts.GetPasskeysAsync(account)).Count == 0;

    private async Task LoadAsync(Account account)
    {
        IsOn = account.TwoFactorEnabled;
        if (IsOn)
        {
            CodesLeft = await accounts.CountRecoveryCodesAsync(account);
            MustKeep = await MustKeepAsync(account);
            return;
        }

        MustAdd = person.Session.SecondFactorRequired;
        var key = await accounts.GetAuthenticatorKeyAsync(account);
        if (key is null)
        {
            await accounts.ResetAuthenticatorKeyAsync(account);
            key = (await accounts.GetAuthenticatorKeyAsync(account))!;
        }

        SpacedKey = string.Join(' ', key.Chunk(4).Select(group => new string(group)));
        QrSvg = Draw($"otpauth://totp/{Uri.EscapeDataString($"{words["Site.Name"]}:{account.Email}")}?secret={key}&issuer={Uri.EscapeDataString(words["Site.Name"])}&digits=6");
    }

    private static string Draw(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(4, "#000000", "#ffffff", sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
