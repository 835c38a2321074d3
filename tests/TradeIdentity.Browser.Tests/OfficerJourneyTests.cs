using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Browser.Tests;

/// <summary>Two officers take an application to its grant, suspend it and lift the suspension, in browsers without JavaScript.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class OfficerJourneyTests(Browser browser)
{
    private const string Applicant = "CHAPPLICANT1";
    private const string Case = $"/officer/operators/{Applicant}/aeo";

    [Theory]
    [InlineData("en-GB", "AEOC")]
    [InlineData("fr-FR", "AEOS")]
    public async Task An_application_is_carried_to_its_grant_suspended_and_lifted_by_two_officers(string locale, string component)
    {
        await RegisterAsync();
        var holder = await People.AddAdministratorAsync(browser, "mila", Applicant);
        foreach (var act in new[] { AeoAct.Open, AeoAct.Submit })
        {
            if (act == AeoAct.Submit)
            {
                await Answers.CompleteAsync(browser, Applicant, component, holder.Id);
            }

            Assert.Null((await browser.Services.GetRequiredService<TakeHoldersAct>().ExecuteAsync(Decision(component, act), holder.Id, TestContext.Current.CancellationToken)).Refusal);
        }

        await using var first = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false, Locale = locale });
        await using var second = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false, Locale = locale });
        var officer = await Officers.SignInAsync(browser, first, "olga", AccountRoles.AeoOfficer, AccountRoles.Approver);
        var approver = await Officers.SignInAsync(browser, second, "paul", AccountRoles.Approver);
        await officer.GotoAsync($"/officer?component={component}");
        await Assertions.Expect(officer.Locator($"a[href='{Case}']")).ToHaveCountAsync(1);

        await TakeAsync(officer, component, "accept");
        await officer.GotoAsync($"{Case}/SAFE/{component}/ask-information");
        await officer.Locator("textarea[name=Question]").FillAsync("Balance sheets?");
        await officer.Locator("input[name=DueOn]").FillAsync(Today.AddDays(5).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await officer.Locator("main .button").ClickAsync();
        await Assertions.Expect(officer.Locator("main")).ToContainTextAsync("Balance sheets?");
        await TakeAsync(officer, component, "verify-identity");
        await TakeAsync(officer, component, "assess-risk");

        await officer.GotoAsync($"{Case}/SAFE/{component}/grant");
        await officer.Locator("input[name=AuthorisationNumber]").FillAsync($"CH{component}0001");
        await CheckAndConfirmAsync(officer);
        await ApproveAsync(officer, approver);
        await Assertions.Expect(approver.Locator("main .tag").First).ToHaveTextAsync(locale == "en-GB" ? "approved" : "approuvée");

        await officer.GotoAsync($"{Case}/SAFE/{component}/suspend");
        await officer.Locator("label[for=ground-suspected]").ClickAsync();
        await CheckAndConfirmAsync(officer);
        await ApproveAsync(officer, approver);
        await officer.GotoAsync($"{Case}/SAFE/{component}/lift");
        await CheckAndConfirmAsync(officer);

        // Of two who decide, the second is told.
        var stale = await second.NewPageAsync();
        await officer.GotoAsync(Case);
        var proposal = await officer.Locator("a[href*='/proposals/']").GetAttributeAsync("href");
        await stale.GotoAsync(proposal!);
        await ApproveAsync(officer, approver);
        await stale.Locator("form[action*=Approve] button").ClickAsync();
        await Assertions.Expect(stale.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await approver.GotoAsync(Case);
        await Assertions.Expect(approver.Locator(".timeline").First).ToBeVisibleAsync();
    }

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task The_pages_are_accessible(string locale)
    {
        await RegisterAsync();
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await Officers.SignInAsync(browser, context, "quinn", AccountRoles.AeoOfficer);
        foreach (var path in new[] { "/officer", "/officer/operators/NL854502130/aeo", "/officer/operators/NL854502130/aeo/EU-AEO/AEOC/suspend", "/officer/operators/NL854502130/aeo/EU-AEO/AEOC/visit", "/officer/operators/NL854502130/aeo/EU-AEO/AEOC/ask", "/aeo/requests" })
        {
            Assert.Equal(200, (await page.GotoAsync(path))!.Status);
            await Look.IsAccessibleAsync(page);
        }

        await page.GotoAsync("/officer/operators/NL854502130/aeo/EU-AEO/AEOC/suspend");
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
    }

    [Fact]
    public async Task Who_is_no_officer_finds_nothing_and_one_factor_opens_nothing()
    {
        await RegisterAsync();
        await using var first = await browser.OpenAsync();
        var trader = await first.NewPageAsync();
        await People.SignInAsync(trader, await People.AddAdministratorAsync(browser, "rosa", Applicant));
        foreach (var path in new[] { "/officer", Case, $"{Case}/SAFE/AEOC/open" })
        {
            Assert.Equal(404, (await trader.GotoAsync(path))!.Status);
        }

        await using var second = await browser.OpenAsync();
        var page = await second.NewPageAsync();
        var account = await Officers.AppointAsync(browser, "sven", AccountRoles.AeoOfficer);
        await People.SignInAsync(page, account);
        await page.GotoAsync("/officer");
        Assert.Equal("/account/authenticator", new Uri(page.Url).AbsolutePath);

        await using var third = await browser.OpenAsync();
        var approver = await Officers.SignInAsync(browser, third, "tara", AccountRoles.Approver);
        Assert.Equal(404, (await approver.GotoAsync($"{Case}/SAFE/AEO/open"))!.Status);
        var forged = await third.APIRequest.PostAsync($"{Case}/SAFE/AEO/open?handler=Confirm", new APIRequestContextOptions { Headers = [KeyValuePair.Create("Accept", "text/html")], Form = third.APIRequest.CreateFormData() });
        Assert.Equal(400, forged.Status);
    }

    // Once: an import says what its source holds, and this source knows of no component.
    private async Task RegisterAsync()
    {
        if (await browser.Services.GetRequiredService<GetOperator>().ExecuteAsync(Tin.Parse(Applicant), TestContext.Current.CancellationToken) is { Refusal: not null })
        {
            await Companies.RegisterAsync(browser, Applicant);
        }
    }

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static AeoDecision Decision(string component, AeoAct act) => new()
    {
        Tin = Tin.Parse(Applicant),
        Component = component,
        Act = act,
        EffectiveFrom = Today,
        LegalGround = "We store goods under bond.",
    };

    private static async Task TakeAsync(IPage page, string component, string act)
    {
        await page.GotoAsync($"{Case}/SAFE/{component}/{act}");
        await CheckAndConfirmAsync(page);
    }

    private static async Task CheckAndConfirmAsync(IPage page)
    {
        await page.Locator("input[name=LegalGround]").FillAsync("Article 38 UCC");
        await page.Locator("form:not([action*=Confirm]) .button").ClickAsync();
        await page.Locator("form[action*=Confirm] button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
        Assert.EndsWith(Case, new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);
    }

    /// <summary>The first sees no way to approve their own; the second approves it.</summary>
    private static async Task ApproveAsync(IPage officer, IPage approver)
    {
        await officer.GotoAsync(Case);
        var address = (await officer.Locator("a[href*='/proposals/']").GetAttributeAsync("href"))!;
        await officer.GotoAsync(address);
        await Assertions.Expect(officer.Locator("form[action*=Approve]")).ToHaveCountAsync(0);
        await Assertions.Expect(officer.Locator("form[action*=Withdraw]")).ToHaveCountAsync(1);
        await approver.GotoAsync(address);
        await approver.Locator("form[action*=Approve] button").ClickAsync();
        await Assertions.Expect(approver.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
    }
}
