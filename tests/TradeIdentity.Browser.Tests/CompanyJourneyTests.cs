using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Extracts;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Browser.Tests;

/// <summary>A person registers a company in a browser, and a registrar confirms it.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class CompanyJourneyTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en-GB", "NLKVK.40000001", "NLJOURNEY1")]
    [InlineData("fr-FR", "NLKVK.40000002", "NLJOURNEY2")]
    [InlineData("es-MX", "NLKVK.40000003", "NLJOURNEY3")]
    [InlineData("ar-EG", "NLKVK.40000004", "NLJOURNEY4")]
    [InlineData("zh-CN", "NLKVK.40000005", "NLJOURNEY5")]
    public async Task A_company_is_registered_from_its_number_asked_about_and_confirmed(string locale, string number, string tin)
    {
        await ImportAsync($$"""{"identifiers":[{"scheme":"euid","value":"{{number}}"}],"legalName":"Example Tea of {{tin}}","jurisdiction":"NL","registeredAddress":{"street":"Examplekade 7","locality":"Rotterdam","postalCode":"3011 AA","country":"NL"},"status":"ACTIVE","source":"Example trade register"}""");
        await using var first = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        await using var second = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var person = await first.NewPageAsync();
        await People.SignInAsync(person, await People.AddAsync(browser, "nora"), "/company");
        await Look.IsAccessibleAsync(person);
        await person.Locator("main .button").ClickAsync();
        await NextAsync(person);
        await Assertions.Expect(person.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(person);
        await person.Locator("input[name=Number]").FillAsync(number);
        await NextAsync(person);
        await Assertions.Expect(person.Locator("input[name=LegalName]")).ToHaveValueAsync($"Example Tea of {tin}");
        await NextAsync(person);
        await Assertions.Expect(person.Locator("input[name=Locality]")).ToHaveValueAsync("Rotterdam");
        await NextAsync(person);
        await NextAsync(person);
        await Assertions.Expect(person.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await person.Locator("label[for=role-IM]").ClickAsync();
        await Look.IsAccessibleAsync(person);
        await NextAsync(person);
        await person.Locator("input[name=Capacity]").FillAsync("Managing director");
        await person.Locator("textarea[name=Basis]").FillAsync("Sole director by the register.");
        await NextAsync(person);
        await Look.IsAccessibleAsync(person);

        // One answer is changed, and the others stay.
        await person.Locator("button[name=go][value=address]").ClickAsync();
        await person.Locator("input[name=Street]").FillAsync("Examplekade 8");
        await NextAsync(person);
        await Assertions.Expect(person.Locator(".facts")).ToContainTextAsync("Examplekade 8");
        await NextAsync(person);
        await Assertions.Expect(person.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(person);
        var path = new Uri(person.Url).AbsolutePath;

        var registrar = await RegistrarAsync(second, "olaf");
        await registrar.GotoAsync("/officer/registrations");
        await Look.IsAccessibleAsync(registrar);
        await registrar.GotoAsync("/officer" + path["/company".Length..]);
        await Assertions.Expect(registrar.Locator("main")).ToContainTextAsync("Examplekade 7");
        await Look.IsAccessibleAsync(registrar);
        await registrar.Locator("textarea[name=Text]").FillAsync("Which house number?");
        await registrar.Locator("main .button-second").ClickAsync();

        await person.ReloadAsync();
        await person.Locator("textarea[name=Answer]").FillAsync("Number 8, since March.");
        await Look.IsAccessibleAsync(person);
        await person.Locator("main .button").First.ClickAsync();

        await registrar.GotoAsync("/officer" + path["/company".Length..]);
        await registrar.Locator("input[name=Tin]").FillAsync(tin);
        await registrar.Locator("label[for=confirmed-register]").ClickAsync();
        await registrar.Locator("input[name=Source]").FillAsync("Example trade register");
        await registrar.Locator("label[for=scheme-euid]").ClickAsync();
        await registrar.Locator("textarea[name=Evidence]").FillAsync("Named in the register.");
        await registrar.Locator("main .button").First.ClickAsync();
        await Assertions.Expect(registrar.GetByRole(AriaRole.Status).First).ToContainTextAsync($"Example Tea of {tin}");

        await person.GotoAsync("/company");
        await Assertions.Expect(person.Locator("h1")).ToHaveTextAsync($"Example Tea of {tin}");
        await Assertions.Expect(person.Locator("main .tag .icon-done")).ToHaveCountAsync(2);
        await Look.IsAccessibleAsync(person);
        foreach (var link in new[] { "/aeo", "/mandates", "/credentials", "/notices", "/company" })
        {
            await person.Locator($".company-links a[href='{link}']").ClickAsync();
            Assert.Equal(link, new Uri(person.Url).AbsolutePath);
        }
    }

    [Fact]
    public async Task Who_is_no_registrar_finds_no_list_and_nobody_reads_the_registration_of_another()
    {
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, await People.AddAsync(browser, "pia"), "/company");
        Assert.Equal(404, (await page.GotoAsync("/officer/registrations"))!.Status);
        Assert.Equal(404, (await page.GotoAsync("/officer/registrations/00000000000000000000000000000000"))!.Status);
        Assert.Equal(404, (await page.GotoAsync("/company/registrations/00000000000000000000000000000000"))!.Status);
        await page.GotoAsync("/company/register");
        await page.Locator("input[name=Number]").FillAsync("506700GE1G29325QX364");
        await NextAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("check digits");
    }

    private static Task NextAsync(IPage page) => page.Locator("main .actions .button").ClickAsync();

    private async Task ImportAsync(string line)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(line));
        await foreach (var result in browser.Services.GetRequiredService<ImportExtracts>().ExecuteAsync(NdjsonLines.ReadAsync(stream, ImportExtracts.MaxBytes, Cancellation), "tester", Cancellation))
        {
            Assert.True(result.Outcome != ImportOutcome.Rejected, $"{result.Code}: {result.Detail}");
        }
    }

    /// <summary>A new registrar, signed in with a second factor.</summary>
    private async Task<IPage> RegistrarAsync(IBrowserContext context, string name)
    {
        var account = await People.AddAsync(browser, name);
        await using (var scope = browser.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var stored = (await accounts.FindByIdAsync(account.Id))!;
            Assert.True((await accounts.AddToRoleAsync(stored, AccountRoles.Registrar)).Succeeded);
        }

        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account);
        await page.GotoAsync("/account/authenticator");
        await page.Locator("input[name=Code]").FillAsync(Totp.Code(await page.Locator(".qr + p .id").InnerTextAsync()));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".codes")).ToBeVisibleAsync();
        return page;
    }
}
