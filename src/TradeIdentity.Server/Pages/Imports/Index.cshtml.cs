using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators.Imports;
using TradeIdentity.Server.Hosting;
using TradeIdentity.Server.Imports;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Imports;

/// <summary>A registrar imports a file of operators, and sees what became of earlier ones.</summary>
[RolesOnly(AccountRoles.Registrar)]
[TakesFiles]
[RequestSizeLimit(LargestUpload, Order = TakesFilesAttribute.AfterAllPages)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestUpload)]
public sealed class IndexModel(SignedInAccount person, ImportFiles files, RegisterImports imports, Wording words) : PageModel
{
    /// <summary>Bytes; a larger one goes through the API, which reads it line by line.</summary>
    public const int LargestFile = 32 * 1024 * 1024;

    // Somewhat more than a file takes: one that is too large is answered by this page.
    private const int LargestUpload = 2 * LargestFile;

    private const int Listed = 50;

    [BindProperty]
    public IFormFile? RegisterFile { get; set; }

    public IReadOnlyList<RegisterImport> Imports { get; private set; } = [];

    public async Task OnGetAsync() => Imports = await imports.ListAsync(Listed, HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostAsync()
    {
        if (RegisterFile is null or { Length: 0 or > LargestFile })
        {
            return await FailedAsync(RegisterFile is { Length: > LargestFile } ? "Imports.TooLarge" : "Imports.FileMissing");
        }

        await using var content = RegisterFile.OpenReadStream();
        return await files.BeginAsync(RegisterFile.FileName, content, RegisterFile.Length, person.Session.AccountId, HttpContext.RequestAborted) is { } id
            ? RedirectToPage("/Imports/Show", new { id })
            : await FailedAsync("Imports.Busy");
    }

    private async Task<IActionResult> FailedAsync(string key)
    {
        ModelState.AddModelError(nameof(RegisterFile), words[key]);
        await OnGetAsync();
        return Page();
    }
}
