using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Tests.Shared;

namespace TradeIdentity.Browser.Tests;

/// <summary>The pictures of the docs: taken of the demonstration by <c>bash docs/screenshots.sh</c>, and held to their bounds by every run.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class DocumentationImages(Browser browser)
{
    private const string Importer = "NL854502130";
    private const string Maker = "DE000000000000001";
    private const string Broker = "BE0000000001";
    private const long MostBytes = 1_500_000;

    private static readonly string Folder = Repository.PathOf("docs", "images");

    private static readonly BrowserNewContextOptions Screen = new() { ViewportSize = new ViewportSize { Width = 1080, Height = 860 }, ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce };

    [Fact]
    public void They_are_small_and_each_is_in_a_page()
    {
        var images = Directory.GetFiles(Folder);
        Assert.True(images.Sum(image => new FileInfo(image).Length) <= MostBytes, $"The images have more than {MostBytes} bytes together.");
        var pages = string.Join('\n', Directory.GetFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("README.md")).Select(File.ReadAllText));
        Assert.All(images, image => Assert.Contains($"images/{Path.GetFileName(image)})", pages, StringComparison.Ordinal));
    }

    /// <summary>Changes files of the repository: runs when it is asked for by name.</summary>
    [Fact(Explicit = true)]
    public async Task Take()
    {
        await using var anyone = await browser.OpenAsync(Screen);
        var page = await anyone.NewPageAsync();
        await ShootAsync(page, "/", "start");
        await ShootAsync(page, "/sign-in", "sign-in");
        await ShootAsync(page, "/privacy", "privacy");

        await using var first = await browser.OpenAsync(Screen);
        var importer = await MandateJourneyTests.SignedInAsync(first, await People.AddAdministratorAsync(browser, "anna", Importer));
        await using var second = await browser.OpenAsync(Screen);
        var maker = await MandateJourneyTests.SignedInAsync(second, await People.AddAdministratorAsync(browser, "bruno", Maker));
        var chain = await ChainAsync(importer, maker);
        await ShootAsync(maker, chain, "mandate");
        await ShootAsync(importer, "/company", "company");
        await ShootAsync(importer, "/aeo", "aeo");
        await importer.GotoAsync("/credentials/new");
        await importer.Locator("label[for=kind-AeoStatus]").ClickAsync();
        await importer.Locator("main .button").ClickAsync();
        await ShootAsync(importer, new Uri(importer.Url).AbsolutePath, "credential-page");
        await ShootAsync(importer, "/notices", "notices");

        await using var party = await RelyingParty.StartAsync(browser);
        await importer.GotoAsync(party.Request());
        await ShootAsync(importer, null, "consent");

        await using var third = await browser.OpenAsync(Screen);
        var officer = await Officers.SignInAsync(browser, third, "olga", AccountRoles.AeoOfficer, AccountRoles.Auditor);
        await ShootAsync(officer, $"/officer/operators/{Importer}/aeo", "case");
        await Companies.RegisterAsync(browser, "FRDEMO0010", legalName: "Example Wines SARL");
        await ApplyAsync(Broker, "AEOS");
        await ApplyAsync("FRDEMO0010", "AEOC");
        await ShootAsync(officer, "/officer", "work-list");
        await ShootAsync(officer, "/officer/operators?query=exmaple%20flowers", "company-search");
        await ShootAsync(officer, "/officer/operators/GBDEMO0003", "lookalike");
        await ShootAsync(officer, "/officer/statistics", "statistics");
        await ShootAsync(officer, "/officer/audit", "audit");
    }

    private async Task ApplyAsync(string tin, string component)
    {
        var holder = await People.AddAdministratorAsync(browser, "wim", tin);
        foreach (var act in new[] { AeoAct.Open, AeoAct.Submit })
        {
            if (act == AeoAct.Submit)
            {
                await Answers.CompleteAsync(browser, tin, component, holder.Id);
            }

            var decision = new AeoDecision { Tin = Tin.Parse(tin), Component = component, Act = act, EffectiveFrom = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), LegalGround = "Application" };
            Assert.Null((await browser.Services.GetRequiredService<TakeHoldersAct>().ExecuteAsync(decision, holder.Id, TestContext.Current.CancellationToken)).Refusal);
        }
    }

    private static async Task<string> ChainAsync(IPage importer, IPage maker)
    {
        await importer.GotoAsync("/mandates/new");
        await MandateJourneyTests.GrantAsync(importer, Maker, furtherLevels: "1");
        var root = new Uri(importer.Url).AbsolutePath;
        await maker.GotoAsync(root);
        await maker.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await maker.GetByRole(AriaRole.Link, new() { Name = "Pass this mandate on" }).ClickAsync();
        await maker.GetByLabel("Representative").FillAsync(Broker);
        await maker.GetByRole(AriaRole.Button, new() { Name = "Grant the mandate" }).ClickAsync();
        await Assertions.Expect(maker.Locator(".chain li")).ToHaveCountAsync(3);
        return new Uri(maker.Url).AbsolutePath;
    }

    private static async Task ShootAsync(IPage page, string? path, string name)
    {
        if (path is not null)
        {
            Assert.Equal(200, (await page.GotoAsync(path))!.Status);
        }

        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }
}
