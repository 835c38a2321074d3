using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.YourAccount;

/// <summary>The account's passkeys: added, named, removed.</summary>
[RecentSignIn]
public sealed class PasskeysModel(
    SignedInAccount person, UserManager<Account> accounts, SignInManager<Account> signIn, Wording words) : PageModel
{
    private const int LongestName = 60;
    private const int LongestCredential = 16 * 1024;

    [BindProperty]
    public string? Id { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    [TempData]
    public string? Done { get; set; }

    public IReadOnlyList<ShownPasskey> Passkeys { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    /// <summary>The challenge for the script.</summary>
    public async Task<IActionResult> OnPostOptionsAsync()
    {
        var account = await person.RequireAsync();
        return Content(
            await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id, Name = account.Email, DisplayName = account.Name.ToString() }),
            "application/json");
    }

    public async Task<IActionResult> OnPostAddAsync()
    {
        if (Credential is not { Length: > 0 and <= LongestCredential })
        {
            return BadRequest();
        }

        var account = await person.RequireAsync();
        var attestation = await signIn.PerformPasskeyAttestationAsync(Credential);
        if (!attestation.Succeeded)
        {
            return await FailAsync("", "Passkeys.Fault");
        }

        // A name can be given later; a passkey that is made already is not thrown away for it.
        attestation.Passkey.Name = NameOf(Name) ?? DefaultName();
        var added = await accounts.AddOrUpdatePasskeyAsync(account, attestation.Passkey);
        return added.Succeeded ? Finish("Passkeys.AddedNow") : await FailAsync("", "Passkeys.Fault");
    }

    public async Task<IActionResult> OnPostRenameAsync()
    {
        if (NameOf(Name) is not { } name)
        {
            return await FailAsync("", "Passkeys.NameInvalid");
        }

        var account = await person.RequireAsync();
        if (await FindAsync(account) is { } passkey)
        {
            passkey.Name = name;
            await accounts.AddOrUpdatePasskeyAsync(account, passkey);
        }

        return Finish("Passkeys.Renamed");
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        var account = await person.RequireAsync();
        if (account.PasswordHash is null && (await accounts.GetPasskeysAsync(account)).Count == 1)
        {
            return await FailAsync("", "Passkeys.Last");
        }

        if (await FindAsync(account) is { } passkey)
        {
            await accounts.RemovePasskeyAsync(account, passkey.CredentialId);
        }

        return Finish("Passkeys.RemovedNow");
    }

    private async Task<UserPasskeyInfo?> FindAsync(Account account) =>
        Id is not null && Base64Url.IsValid(Id) ? await accounts.GetPasskeyAsync(account, Base64Url.DecodeFromChars(Id)) : null;

    // Nothing that cannot be seen, or that turns the writing round.
    private static string? NameOf(string? text) =>
        text?.Trim() is { Length: > 0 and <= LongestName } name && !name.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned)
            ? name
            : null;

    private string DefaultName() => words["Passkeys.Unnamed"];

    private RedirectToPageResult Finish(string key)
    {
        Done = words[key];
        return RedirectToPage();
    }

    private async Task<PageResult> FailAsync(string field, string key)
    {
        ModelState.Clear();
        ModelState.AddModelError(field, words[key]);
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        var passkeys = await accounts.GetPasskeysAsync(await person.RequireAsync());
        Passkeys = [.. passkeys.OrderBy(passkey => passkey.CreatedAt).Select(passkey => new ShownPasskey(
            Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? DefaultName(), WrittenDay.Of(passkey.CreatedAt, CultureInfo.CurrentCulture)))];
    }

    /// <summary>A passkey as its owner sees it.</summary>
    public sealed record ShownPasskey(string Id, string Name, string AddedOn);
}
