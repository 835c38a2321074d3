using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts.Administration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Tests.Processes;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Browser.Tests;

/// <summary>A company's credentials in a browser: from the sign-in to a card on paper that a post accepts.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class CredentialJourneyTests(Browser browser)
{
    private const string Importer = "NL854502130";
    private const string Maker = "DE000000000000001";
    private const string Foundation = "CHDEMO0001";
    private const string Broker = "BE0000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task The_pages_are_accessible(string locale)
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        // Each language a company of its own: an empty list is seen once.
        var page = await SignedInAsync(context, await People.AddAdministratorAsync(browser, "mila", await Locales.CompanyAsync(browser, locale, 2)));
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/credentials/new");
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
        await page.Locator("label[for=kind-LegalIdentity]").ClickAsync();
        await page.Locator("main .button").ClickAsync();
        await Look.IsAccessibleAsync(page);
        var credential = page.Url;
        await page.GotoAsync(credential + "/replace");
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync(credential + "/lost");
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
        await page.Locator("label[for=ground-stolen]").ClickAsync();
        await page.Locator("main .button").ClickAsync();
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/credentials");
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/credentials?state=expired");
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/credentials/use-notices");
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
    }

    [Fact]
    public async Task From_the_sign_in_to_a_printed_card_that_a_post_accepts_without_a_network_and_without_JavaScript()
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false, AcceptDownloads = true });
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, await People.AddAdministratorAsync(browser, "nora", Importer));
        await page.GetByRole(AriaRole.Link, new() { Name = "Credentials" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Get a credential" }).ClickAsync();
        await page.Locator("label[for=kind-AeoStatus]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Get this credential" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The credential was issued");
        await Assertions.Expect(page.Locator(".card-name")).ToHaveTextAsync("Example Flower Exports B.V.");
        await Assertions.Expect(page.Locator("main .note h2")).ToHaveTextAsync("valid");

        Assert.True(await page.EvalOnSelectorAsync<bool>(".card img", "image => image.complete && image.naturalWidth > 100"));

        var folder = Directory.CreateTempSubdirectory("tradeidentity-card-").FullName;
        try
        {
            var pdf = await PrintedCards.DownloadAsync(context, page, "Card to print (PDF)", folder);
            Assert.Equal("AeoStatus-NL854502130.pdf", Path.GetFileName(pdf));
            var png = await PrintedCards.DownloadAsync(context, page, "QR code as PNG", folder);
            var svg = await PrintedCards.DownloadAsync(context, page, "QR code as SVG", folder);
            Assert.StartsWith("<svg", await File.ReadAllTextAsync(svg, Cancellation), StringComparison.Ordinal);

            var text = await ProgramRun.ZbarimgAsync(folder, png);
            Assert.SkipWhen(text is null, "zbarimg is not installed.");
            foreach (var printed in await PrintedCards.PrintedAsync(folder, pdf))
            {
                Assert.Equal(text, printed);
            }

            await PrintedCards.FetchTrustAsync(browser, folder);
            var verdict = await PrintedCards.VerifyAsync(folder, text!);
            Assert.True(verdict.ExitCode == 0, verdict.Output + verdict.Error);

            await page.GetByRole(AriaRole.Link, new() { Name = "Replace it" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Replace it now" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("this is the new one");
            await PrintedCards.FetchTrustAsync(browser, folder);
            Assert.Equal(1, (await PrintedCards.VerifyAsync(folder, text!)).ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Report it lost" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Report it lost" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose what happened");
        await page.Locator("label[for=ground-stolen]").ClickAsync();
        await page.GetByLabel("More about it").FillAsync("from a lorry");
        await page.GetByRole(AriaRole.Button, new() { Name = "Report it lost" }).ClickAsync();
        await Assertions.Expect(page.Locator("main .note h2")).ToHaveTextAsync("revoked");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Replace it" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_representative_prints_and_reports_and_a_stranger_finds_nothing()
    {
        var issued = await IssueAsync(Broker);
        await using var first = await browser.OpenAsync();
        var reader = await SignedInAsync(first, await People.AddAsync(browser, "olga", Broker));
        await Assertions.Expect(reader.GetByRole(AriaRole.Link, new() { Name = "Get a credential" })).ToHaveCountAsync(0);
        await reader.GotoAsync("/credentials/new");
        Assert.Equal("/credentials", new Uri(reader.Url).AbsolutePath);
        await reader.GotoAsync($"/credentials/{issued}");
        await Assertions.Expect(reader.GetByRole(AriaRole.Link, new() { Name = "Report it lost" })).ToBeVisibleAsync();
        await reader.GotoAsync($"/credentials/{issued}/replace");
        Assert.Equal($"/credentials/{issued}", new Uri(reader.Url).AbsolutePath);

        await using var second = await browser.OpenAsync();
        var stranger = await SignedInAsync(second, await People.AddAdministratorAsync(browser, "pavel", Foundation));
        foreach (var path in new[] { "", "/replace", "/lost", "/qr.png", "/qr.svg", "/card.pdf" })
        {
            Assert.Equal((int)HttpStatusCode.NotFound, (await stranger.Context.APIRequest.GetAsync($"/credentials/{issued}{path}")).Status);
        }

        foreach (var wrong in new[] { "/credentials/1", $"/credentials/{new string('f', 32)}", $"/credentials/{issued}/key.pem", "/credentials/..%2f..%2fdata/qr.png" })
        {
            Assert.Equal((int)HttpStatusCode.NotFound, (await stranger.Context.APIRequest.GetAsync(wrong)).Status);
        }
    }

    [Fact]
    public async Task A_form_of_another_site_changes_nothing_and_a_locked_account_gets_no_further()
    {
        var issued = await IssueAsync(Maker);
        await using var context = await browser.OpenAsync();
        var account = await People.AddAdministratorAsync(browser, "quirin", Maker);
        var page = await SignedInAsync(context, account);
        foreach (var path in new[] { "/credentials/new", $"/credentials/{issued}/replace", $"/credentials/{issued}/lost" })
        {
            var form = context.APIRequest.CreateFormData();
            form.Set("Kind", "LegalIdentity");
            form.Set("Ground", "stolen");
            var answer = await context.APIRequest.PostAsync(path, new APIRequestContextOptions { Form = form, Headers = [KeyValuePair.Create("Accept", "text/html")] });
            Assert.Equal((int)HttpStatusCode.BadRequest, answer.Status);
        }

        await page.GotoAsync($"/credentials/{issued}/lost");
        await page.Locator("label[for=ground-stolen]").ClickAsync();
        await using (var scope = browser.Services.CreateAsyncScope())
        {
            Assert.Null((await scope.ServiceProvider.GetRequiredService<LockAccount>().ExecuteAsync(account.Id, "officer", Cancellation)).Refusal);
        }

        await page.Locator("main .button").ClickAsync();
        Assert.Equal("/sign-in", new Uri(page.Url).AbsolutePath);
        Assert.Equal(StatusValue.Valid, (await StoreAsync(issued)).Status);
    }

    [Fact]
    public async Task Without_a_granted_component_no_AEO_credential_is_offered_and_none_is_given()
    {
        await using var context = await browser.OpenAsync();
        var page = await SignedInAsync(context, await People.AddAdministratorAsync(browser, "rosa", Foundation));
        await page.GotoAsync("/credentials/new?kind=AeoStatus");
        await Assertions.Expect(page.GetByText("no AEO component is granted")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("input[value=AeoStatus]")).ToHaveCountAsync(0);
        await page.EvalOnSelectorAsync("input[value=LegalIdentity]", "input => { input.value = 'AeoStatus'; input.checked = true; }");
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose which credential you need");
    }

    [Fact]
    public async Task While_its_components_are_suspended_a_credential_says_so_and_no_other_is_to_be_had()
    {
        const string Company = "NLSUSPENDED1";
        await RegisterAsync(Company, "granted", "2024-01-01");
        await using var context = await browser.OpenAsync();
        var page = await SignedInAsync(context, await People.AddAdministratorAsync(browser, "tove", Company));
        await page.GotoAsync("/credentials/new?kind=AeoStatus");
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.Locator("main .note h2")).ToHaveTextAsync("valid");

        await RegisterAsync(Company, "suspended", "2026-01-01");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("main .note h2")).ToHaveTextAsync("suspended");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Replace it" })).ToHaveCountAsync(0);
        await Look.IsAccessibleAsync(page);
        var credential = new Uri(page.Url).AbsolutePath;
        await page.GotoAsync(credential + "/replace");
        Assert.Equal(credential, new Uri(page.Url).AbsolutePath);
        await page.GotoAsync("/credentials?state=suspended");
        await Assertions.Expect(page.Locator(".rows .tag-doubt")).ToHaveTextAsync("suspended");
        await page.GotoAsync("/credentials/new");
        await Assertions.Expect(page.Locator("input[value=AeoStatus]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_representative_gets_the_credential_of_a_mandate_from_its_page()
    {
        const string Principal = "NLPRINCIPAL1";
        await RegisterAsync(Principal, "granted", "2024-01-01");
        var (grantor, broker) = (await People.AddAdministratorAsync(browser, "ulla", Principal), await People.AddAdministratorAsync(browser, "vera", Broker));
        var now = browser.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var offered = await browser.Services.GetRequiredService<GrantMandate>().ExecuteAsync(
            new MandateOffer
            {
                Grantor = Tin.Parse(Principal),
                Representative = new MandateRepresentative.OfOperator(Tin.Parse(Broker)),
                Kind = MandateKind.Direct,
                Scope = new MandateScope(),
                FurtherLevels = 0,
                ValidFrom = now,
                ValidUntil = now.AddDays(30),
            },
            MandateActor.Person(grantor.Id, Tin.Parse(Principal)),
            Cancellation);
        var id = offered.Match(chain => chain.Last.Id, refusal => throw new InvalidOperationException(refusal.Detail));
        Assert.Null((await browser.Services.GetRequiredService<AnswerMandate>().AcceptAsync(id, MandateActor.Person(broker.Id, Tin.Parse(Broker)), Cancellation)).Refusal);

        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = await SignedInAsync(context, broker);
        await page.GotoAsync($"/mandates/{id}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Get its credential" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Get this credential" }).ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Credential: Mandate");
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync($"Example of {Principal}");
    }

    [Fact]
    public async Task On_paper_the_card_stands_alone()
    {
        var issued = await IssueAsync(Importer);
        await using var context = await browser.OpenAsync();
        var page = await SignedInAsync(context, await People.AddAsync(browser, "sven", Importer));
        await page.GotoAsync($"/credentials/{issued}");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".card img")).ToBeVisibleAsync();
        foreach (var screenOnly in new[] { ".back", "main .actions", ".site-footer", "main .rows" })
        {
            await Assertions.Expect(page.Locator(screenOnly).First).ToBeHiddenAsync();
        }
    }

    private static async Task<IPage> SignedInAsync(IBrowserContext context, Authority.Accounts.Account account)
    {
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account, "/credentials");
        Assert.True(page.Url.EndsWith("/credentials", StringComparison.Ordinal), page.Url + await page.ContentAsync());
        return page;
    }

    private async Task<CredentialId> IssueAsync(string tin)
    {
        var outcome = await browser.Services.GetRequiredService<IssueCredential>().ExecuteAsync(
            new CredentialRequest(Tin.Parse(tin), CredentialTypes.LegalIdentity), "tester", Cancellation);
        return outcome.Match(issued => issued.Id, refusal => throw new InvalidOperationException(refusal.Detail));
    }

    private Task RegisterAsync(string tin, string status, string from) =>
        Companies.RegisterAsync(browser, tin, $$"""{"component":"AEOC","status":"{{status}}","authorisationNumber":"NLAEOC99","effectiveFrom":"{{from}}"}""");

    private async Task<IssuedCredential> StoreAsync(CredentialId id) => (await browser.Services.GetRequiredService<CredentialStore>().FindAsync(id, Cancellation))!;
}
