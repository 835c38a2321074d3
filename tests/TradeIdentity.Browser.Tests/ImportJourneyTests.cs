using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators.Imports;

namespace TradeIdentity.Browser.Tests;

/// <summary>A registrar imports a file: what is right is stored, and each line that is wrong is named with its reason.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class ImportJourneyTests(Browser browser)
{
    private const string Wrong = """{"tin":"NLIMPORT2","legalName":"","jurisdiction":"NL"}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_is_imported_and_its_wrong_line_named(bool withScript)
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = withScript, Locale = "en-GB" });
        var page = await Officers.SignInAsync(browser, context, "ruud", AccountRoles.Registrar);
        await page.GotoAsync("/officer/operators");
        await page.Locator("main a[href='/officer/imports']").ClickAsync();
        await page.Locator("main button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(Locales.Word("en-GB", "Imports.FileMissing"));
        await ChooseAsync(page, $"import {withScript}.ndjson", """{"tin":"NLIMPORT1","legalName":"Imported Example","jurisdiction":"NL"}""", Wrong);

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync($"import {withScript}.ndjson");
        await EndAsync(page, withScript);
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("NLIMPORT2");
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("text_invalid");
        await page.Locator("a[href$='all=true']").ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await page.Locator("tbody a[href='/officer/operators/NLIMPORT1']").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Imported Example");
    }

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task The_pages_are_accessible(string locale)
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await Officers.SignInAsync(browser, context, "roel", AccountRoles.Registrar);
        // One that nobody goes on with: it shows how far it is.
        var imports = browser.Services.GetRequiredService<RegisterImports>();
        var cancelled = TestContext.Current.CancellationToken;
        var id = await imports.BeginAsync("half.ndjson", 1000, "tester", cancelled);
        await imports.AddAsync(id, [], 500, cancelled);
        await page.GotoAsync($"/officer/imports/{id}");
        await Assertions.Expect(page.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("value", "50");
        await Look.IsAccessibleAsync(page);
        await imports.EndAsync(id, RegisterImportState.Failed, cancelled);
        await page.GotoAsync("/officer/imports");
        await page.Locator("main button").ClickAsync();
        await Look.IsAccessibleAsync(page);
        await ChooseAsync(page, "wrong.ndjson", Wrong);
        await EndAsync(page, withScript: true);
        await Look.IsAccessibleAsync(page);
    }

    [Fact]
    public async Task Who_is_no_registrar_finds_no_such_page()
    {
        await using var context = await browser.OpenAsync();
        var page = await Officers.SignInAsync(browser, context, "aart", AccountRoles.AeoOfficer);
        Assert.Equal(404, (await page.GotoAsync("/officer/imports"))!.Status);
        Assert.Equal(404, (await page.GotoAsync($"/officer/imports/{new string('0', 32)}"))!.Status);
        await page.GotoAsync("/officer/operators");
        await Assertions.Expect(page.Locator("main a[href='/officer/imports']")).ToHaveCountAsync(0);
    }

    private static async Task ChooseAsync(IPage page, string name, params string[] lines)
    {
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/x-ndjson", Buffer = Encoding.UTF8.GetBytes(string.Join('\n', lines)) });
        await page.Locator("main button").ClickAsync();
        await page.WaitForURLAsync("**/officer/imports/*");
    }

    // With a script the page goes on by itself; without, the person looks again until it has ended.
    private static async Task EndAsync(IPage page, bool withScript)
    {
        var running = page.Locator("#progress.running");
        while (!withScript && await running.CountAsync() > 0)
        {
            await page.Locator("#progress a").ClickAsync();
        }

        await Assertions.Expect(running).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
    }
}
