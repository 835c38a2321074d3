using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Trust;
using TradeIdentity.Verification;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Browser.Tests;

/// <summary>Two officers merge a company in browsers without JavaScript; its old credential says who carries it on.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class SuccessionJourneyTests(Browser browser)
{
    private const string Granted = """{"component":"AEOC","status":"granted","authorisationNumber":"NLAEOC0007","effectiveFrom":"2024-01-01"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en-GB")]
    [InlineData("ar-EG")]
    public async Task A_merger_is_proposed_seen_and_approved(string locale)
    {
        var (from, into) = ($"NLMERGED{locale[..2].ToUpperInvariant()}", $"NLMERGER{locale[..2].ToUpperInvariant()}");
        await Companies.RegisterAsync(browser, from, Granted);
        await Companies.RegisterAsync(browser, into);
        var issued = (await browser.Services.GetRequiredService<IssueCredential>().ExecuteAsync(new CredentialRequest(Tin.Parse(from), CredentialTypes.AeoStatus), "tester", Cancelled))
            .Match(credential => credential, refusal => throw new InvalidOperationException(refusal.Code));
        await using var first = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false, Locale = locale });
        await using var second = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false, Locale = locale });
        var registrar = await Officers.SignInAsync(browser, first, "rania", AccountRoles.Registrar);
        var approver = await Officers.SignInAsync(browser, second, "peter", AccountRoles.Approver);

        await registrar.GotoAsync("/officer/registrations");
        await registrar.Locator("a[href='/officer/successions']").ClickAsync();
        await registrar.Locator("a[href='/officer/successions/new']").ClickAsync();
        await registrar.Locator("main button").ClickAsync();
        await Assertions.Expect(registrar.GetByRole(AriaRole.Alert).Locator("a")).ToHaveCountAsync(5);
        await registrar.Locator("label[for=kind-merged]").ClickAsync();
        await registrar.Locator("input[name=Predecessors]").FillAsync(from.ToLowerInvariant());
        await registrar.Locator("input[name=Successors]").FillAsync(into);
        await registrar.Locator("input[name=EffectiveOn]").FillAsync("2026-03-01");
        await registrar.Locator("input[name=LegalGround]").FillAsync("Deed of merger of 27 February 2026");
        await registrar.Locator("main button").ClickAsync();
        await Assertions.Expect(registrar.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Assertions.Expect(registrar.Locator("form[action*=Approve]")).ToHaveCountAsync(0);

        await approver.GotoAsync(registrar.Url);
        await Assertions.Expect(approver.Locator(".follows li")).ToHaveCountAsync(2);
        await approver.Locator("form[action*=Approve] button").ClickAsync();
        await Assertions.Expect(approver.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await registrar.Locator("form[action*=Withdraw] button").ClickAsync();
        await Assertions.Expect(registrar.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        var trust = (await browser.Services.GetRequiredService<CurrentTrust>().GetAsync(Cancelled)).Match(bundle => bundle, refusal => throw new InvalidOperationException(refusal.Code));
        var verdict = Assert.IsType<Verdict.Rejected>(OfflineVerifier.Verify(issued.QrText, trust, TimeProvider.System.GetUtcNow()));
        Assert.Equal(into, Assert.Single(verdict.Evidence.Succession!.Successors).Tin);

        await using var third = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var holder = await third.NewPageAsync();
        await People.SignInAsync(holder, await People.AddAdministratorAsync(browser, "hana", from), "/company");
        await Assertions.Expect(holder.Locator(".note-doubt")).ToContainTextAsync(into);
        await Look.IsAccessibleAsync(holder);
    }

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task The_pages_are_accessible(string locale)
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await Officers.SignInAsync(browser, context, "rita", AccountRoles.Registrar);
        await page.GotoAsync("/officer/successions/new");
        await page.Locator("main button").ClickAsync();
        await Look.IsAccessibleAsync(page);
        var (from, into) = ($"NLFROM{locale[..2].ToUpperInvariant()}", $"NLINTO{locale[..2].ToUpperInvariant()}");
        await Companies.RegisterAsync(browser, from, Granted);
        await Companies.RegisterAsync(browser, into);
        await page.Locator("label[for=kind-renumbered]").ClickAsync();
        await page.Locator("input[name=Predecessors]").FillAsync(from);
        await page.Locator("input[name=Successors]").FillAsync(into);
        await page.Locator("input[name=EffectiveOn]").FillAsync("2026-03-01");
        await page.Locator("input[name=LegalGround]").FillAsync("The tax authority gave it another number");
        await page.Locator("main button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/officer/successions");
        await Look.IsAccessibleAsync(page);
    }

    [Fact]
    public async Task Who_is_neither_registrar_nor_approver_finds_nothing()
    {
        await using var context = await browser.OpenAsync();
        var officer = await Officers.SignInAsync(browser, context, "otto", AccountRoles.AeoOfficer);
        Assert.Equal(404, (await officer.GotoAsync("/officer/successions"))!.Status);
        await using var other = await browser.OpenAsync();
        var approver = await Officers.SignInAsync(browser, other, "ada", AccountRoles.Approver);
        Assert.Equal(200, (await approver.GotoAsync("/officer/successions"))!.Status);
        Assert.Equal(404, (await approver.GotoAsync("/officer/successions/new"))!.Status);
    }
}
