using System.Text.Json;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Browser.Tests;

/// <summary>The whole way in browsers without JavaScript: a person registers a company, applies, two officers grant, a post accepts the printed card, and follows a suspension and its end.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class FromRegistrationToCardTests(Browser browser)
{
    private const string CompanyTin = "CHWHOLEWAY1";
    private const string Case = $"/officer/operators/{CompanyTin}/aeo";

    [Fact]
    public async Task A_company_that_nobody_knew_holds_a_card_that_a_post_accepts()
    {
        await using var first = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false, AcceptDownloads = true });
        await using var second = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        await using var third = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var trader = await first.NewPageAsync();
        await People.SignInAsync(trader, await People.AddAsync(browser, "tilda"), "/company");
        var officer = await Officers.SignInAsync(browser, second, "oskar", AccountRoles.Registrar, AccountRoles.AeoOfficer);
        var approver = await Officers.SignInAsync(browser, third, "anton", AccountRoles.Approver);

        await RegisterAsync(trader, officer);
        await ApplyAsync(trader);
        await GrantAsync(officer, approver);
        var card = await ObtainAsync(first, trader);

        var verdict = await JudgeAsync(card);
        Assert.Equal(("accepted", CompanyTin), (verdict.GetProperty("verdict").GetString(), verdict.GetProperty("credential").GetProperty("tin").GetString()));
        Assert.Equal(("AEOC", "granted"), (
            verdict.GetProperty("credential").GetProperty("aeo")[0].GetProperty("component").GetString(), verdict.GetProperty("credential").GetProperty("aeo")[0].GetProperty("status").GetString()));

        await ProposeAsync(officer, "suspend");
        Assert.Equal("accepted", (await JudgeAsync(card)).GetProperty("verdict").GetString());
        await ApproveAsync(officer, approver);
        Assert.Equal("suspended", (await JudgeAsync(card)).GetProperty("reason").GetString());
        await ProposeAsync(officer, "lift");
        await ApproveAsync(officer, approver);
        Assert.Equal("accepted", (await JudgeAsync(card)).GetProperty("verdict").GetString());
    }

    private static async Task RegisterAsync(IPage trader, IPage registrar)
    {
        await trader.GetByRole(AriaRole.Link, new() { Name = "Register a company" }).ClickAsync();
        await trader.Locator("input[name=Number]").FillAsync("CHHR.77000001");
        await NextAsync(trader);
        await trader.Locator("input[name=LegalName]").FillAsync("Example Whole Way AG");
        await trader.Locator("input[name=Jurisdiction]").FillAsync("CH");
        await NextAsync(trader);
        await trader.Locator("input[name=Street]").FillAsync("Beispielweg 3");
        await trader.Locator("input[name=PostalCode]").FillAsync("4051");
        await trader.Locator("input[name=Locality]").FillAsync("Basel");
        await trader.Locator("input[name=Country]").FillAsync("CH");
        await NextAsync(trader);
        await trader.Locator("label[for=role-EX]").ClickAsync();
        await NextAsync(trader);
        await trader.Locator("input[name=Capacity]").FillAsync("Managing director");
        await trader.Locator("textarea[name=Basis]").FillAsync("Sole director by the register.");
        await NextAsync(trader);
        await NextAsync(trader);
        await Assertions.Expect(trader.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await ShowDeedAsync(trader);

        await registrar.GotoAsync("/officer" + new Uri(trader.Url).AbsolutePath["/company".Length..]);
        var deed = await registrar.GetByRole(AriaRole.Link, new() { Name = "deed.pdf" }).GetAttributeAsync("href");
        Assert.Equal("%PDF-1.7 deed", await (await registrar.Context.APIRequest.GetAsync(deed!)).TextAsync());
        await Assertions.Expect(registrar.GetByRole(AriaRole.Button, new() { Name = "Attach it" })).ToHaveCountAsync(0);
        await registrar.Locator("input[name=Tin]").FillAsync(CompanyTin);
        await registrar.Locator("label[for=confirmed-register]").ClickAsync();
        await registrar.Locator("input[name=Source]").FillAsync("Example trade register");
        await registrar.Locator("textarea[name=Evidence]").FillAsync("Named in the register.");
        await registrar.Locator("main .button").First.ClickAsync();
        await Assertions.Expect(registrar.GetByRole(AriaRole.Status).First).ToContainTextAsync("Example Whole Way AG");
    }

    private static async Task ShowDeedAsync(IPage trader)
    {
        await trader.GetByRole(AriaRole.Button, new() { Name = "Attach it" }).ClickAsync();
        await Assertions.Expect(trader.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose a document");
        foreach (var (name, content, said) in new[] { ("page.pdf", "<html>", "no PDF, PNG or JPEG"), ("wrong.pdf", "%PDF-1.7 wrong", ""), ("deed.pdf", "%PDF-1.7 deed", "") })
        {
            await trader.GetByLabel("Attach a document").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/pdf", Buffer = System.Text.Encoding.ASCII.GetBytes(content) });
            await trader.GetByRole(AriaRole.Button, new() { Name = "Attach it" }).ClickAsync();
            await Assertions.Expect(trader.GetByRole(said.Length > 0 ? AriaRole.Alert : AriaRole.Status)).ToContainTextAsync(said.Length > 0 ? said : "attached");
        }

        await trader.GetByRole(AriaRole.Button, new() { Name = "wrong.pdf" }).ClickAsync();
        await Assertions.Expect(trader.GetByRole(AriaRole.Link, new() { Name = "wrong.pdf" })).ToHaveCountAsync(0);
        await Assertions.Expect(trader.GetByRole(AriaRole.Link, new() { Name = "deed.pdf" })).ToHaveCountAsync(1);
    }

    private static async Task ApplyAsync(IPage trader)
    {
        await trader.GotoAsync("/company");
        await trader.Locator(".company-links a[href='/aeo']").ClickAsync();
        await trader.GetByRole(AriaRole.Link, new() { Name = "Apply for a component" }).ClickAsync();
        await trader.Locator("label[for=component-AEOC]").ClickAsync();
        await trader.GetByLabel("Why the company applies").FillAsync("Simplified declarations for our exports.");
        await trader.GetByRole(AriaRole.Button, new() { Name = "Start the application" }).ClickAsync();
        await trader.GetByRole(AriaRole.Link, new() { Name = "The company" }).ClickAsync();
        await trader.GetByLabel("What does the company do in the supply chain?").FillAsync("We export machines.");
        await trader.GetByLabel("How many people work for the company?").FillAsync("42");
        foreach (var answer in new[] { "q-infringements-no", "q-audit-trail-yes", "q-insolvency-no", "q-seals-yes" })
        {
            await trader.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
            await trader.Locator($"label[for={answer}]").ClickAsync();
        }

        await trader.GetByLabel("How are buildings, gates and loading places protected").FillAsync("A fence and a guard.");
        await trader.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await trader.GetByRole(AriaRole.Link, new() { Name = "Check your answers" }).ClickAsync();
        await trader.Locator("label[for=declared]").ClickAsync();
        await trader.GetByRole(AriaRole.Button, new() { Name = "Submit now" }).ClickAsync();
        await Assertions.Expect(trader.GetByRole(AriaRole.Status)).ToContainTextAsync("was submitted");
    }

    private static async Task GrantAsync(IPage officer, IPage approver)
    {
        foreach (var act in new[] { "accept", "verify-identity", "assess-risk", "grant" })
        {
            await ProposeAsync(officer, act);
        }

        await ApproveAsync(officer, approver);
    }

    /// <summary>Takes an act of one officer, or proposes one of two.</summary>
    private static async Task ProposeAsync(IPage officer, string act)
    {
        await officer.GotoAsync($"{Case}/SAFE/AEOC/{act}");
        await officer.Locator("input[name=LegalGround]").FillAsync("SAFE Framework, Annex IV");
        if (act == "grant")
        {
            await officer.Locator("input[name=AuthorisationNumber]").FillAsync("CHAEOC770001");
        }
        else if (act == "suspend")
        {
            await officer.Locator("label[for=ground-suspected]").ClickAsync();
        }

        await officer.Locator("form:not([action*=Confirm]) .button").ClickAsync();
        await officer.Locator("form[action*=Confirm] button").ClickAsync();
        await Assertions.Expect(officer.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
    }

    private static async Task ApproveAsync(IPage officer, IPage approver)
    {
        await approver.GotoAsync((await officer.Locator("a[href*='/proposals/']").GetAttributeAsync("href"))!);
        await approver.Locator("form[action*=Approve] button").ClickAsync();
        await Assertions.Expect(approver.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
    }

    /// <summary>The text of the QR code on the card, as printed.</summary>
    private static async Task<string> ObtainAsync(IBrowserContext context, IPage trader)
    {
        await trader.Locator(".company-links a[href='/credentials']").ClickAsync();
        await trader.GetByRole(AriaRole.Link, new() { Name = "Get a credential" }).ClickAsync();
        await trader.Locator("label[for=kind-AeoStatus]").ClickAsync();
        await trader.GetByRole(AriaRole.Button, new() { Name = "Get this credential" }).ClickAsync();
        return await InFolderAsync(async folder =>
        {
            var pdf = await PrintedCards.DownloadAsync(context, trader, "Card to print (PDF)", folder);
            Assert.SkipWhen(await ProgramRun.ZbarimgAsync(folder, await PrintedCards.DownloadAsync(context, trader, "QR code as PNG", folder)) is null, "zbarimg is not installed.");
            return (await PrintedCards.PrintedAsync(folder, pdf))[0];
        });
    }

    /// <summary>What a post says that fetches the bundle now and has no network after that.</summary>
    private Task<JsonElement> JudgeAsync(string card) => InFolderAsync(async folder =>
    {
        await PrintedCards.FetchTrustAsync(browser, folder);
        var run = await PrintedCards.VerifyAsync(folder, card);
        Assert.True(run.ExitCode is 0 or 1, run.Output + run.Error);
        return JsonDocument.Parse(run.Output).RootElement.Clone();
    });

    private static async Task<T> InFolderAsync<T>(Func<string, Task<T>> work)
    {
        var folder = Directory.CreateTempSubdirectory("tradeidentity-card-").FullName;
        try
        {
            return await work(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task NextAsync(IPage page) => page.Locator("main .actions .button").ClickAsync();
}
