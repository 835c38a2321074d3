using System.Text;
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
    // The outbox is looked at four times a minute.
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(60);

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

        var registrar = await Officers.SignInAsync(browser, second, "olaf", AccountRoles.Registrar);
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
        await person.GotoAsync("/company/change");
        await Look.IsAccessibleAsync(person);
        await person.Locator("input[name=Street]").FillAsync("Examplekade 10");
        await person.Locator("textarea[name=Grounds]").FillAsync("We moved.");
        await person.Locator("main .actions .button").ClickAsync();
        await Look.IsAccessibleAsync(person);
        await registrar.GotoAsync("/officer/registrations");
        await registrar.GetByRole(AriaRole.Link, new() { Name = $"Example Tea of {tin}" }).ClickAsync();
        await Look.IsAccessibleAsync(registrar);
        await registrar.Locator("input[name=Source]").FillAsync("Example trade register");
        await registrar.Locator("main .button").First.ClickAsync();
        await Assertions.Expect(registrar.GetByRole(AriaRole.Status).First).ToContainTextAsync($"Example Tea of {tin}");
        await person.GotoAsync("/company");
        await Assertions.Expect(person.Locator("main")).ToContainTextAsync("Examplekade 10");
        foreach (var link in new[] { "/aeo", "/mandates", "/credentials", "/notices", "/company" })
        {
            await person.Locator($".company-links a[href='{link}']").ClickAsync();
            Assert.Equal(link, new Uri(person.Url).AbsolutePath);
        }
    }

    [Theory]
    [InlineData("en-GB", "NLJOINT1")]
    [InlineData("fr-FR", "NLJOINT2")]
    [InlineData("es-MX", "NLJOINT3")]
    [InlineData("ar-EG", "NLJOINT4")]
    [InlineData("zh-CN", "NLJOINT5")]
    public async Task A_person_is_invited_by_mail_accepts_and_what_they_do_jointly_is_co_signed(string locale, string tin)
    {
        await Companies.RegisterAsync(browser, tin);
        await using var first = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        await using var second = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var administrator = await first.NewPageAsync();
        await People.SignInAsync(administrator, await People.AddAdministratorAsync(browser, "rita", tin), "/company");
        var invited = await People.AddAsync(browser, "sven");

        await administrator.GotoAsync("/company/representatives");
        await Look.IsAccessibleAsync(administrator);
        await administrator.Locator("main .button").ClickAsync();
        await NextAsync(administrator);
        await Assertions.Expect(administrator.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(administrator);
        await administrator.Locator("input[name=Email]").FillAsync(invited.Email);
        await administrator.Locator("label[for=power-mandates]").ClickAsync();
        await administrator.Locator("label[for=signature-joint]").ClickAsync();
        await NextAsync(administrator);
        await Look.IsAccessibleAsync(administrator);
        await administrator.Locator("main .button").First.ClickAsync();
        await Assertions.Expect(administrator.GetByRole(AriaRole.Status)).ToContainTextAsync(invited.Email);
        await Look.IsAccessibleAsync(administrator);

        var link = await LinkAsync(invited.Email);
        await administrator.GotoAsync(link);
        await Assertions.Expect(administrator.Locator("form button[formaction*=Accept]")).ToHaveCountAsync(0);
        var member = await second.NewPageAsync();
        await People.SignInAsync(member, invited, link);
        await Look.IsAccessibleAsync(member);
        await member.Locator("main .button").First.ClickAsync();
        await Assertions.Expect(member.Locator("h1")).ToHaveTextAsync($"Example of {tin}");

        await member.GotoAsync("/mandates/new");
        await member.Locator("input[name=Representative]").FillAsync("GBDEMO0003");
        await member.Locator("label[for=kind-direct]").ClickAsync();
        await member.Locator("input[name=Until]").FillAsync("2029-01-01");
        await member.Locator("main .button").ClickAsync();
        Assert.Equal("/company/joint-acts", new Uri(member.Url).AbsolutePath);
        await Assertions.Expect(member.Locator("main")).ToContainTextAsync("GBDEMO0003");
        await Look.IsAccessibleAsync(member);

        await administrator.GotoAsync("/company");
        await administrator.Locator("main a[href='/company/joint-acts']").First.ClickAsync();
        await Assertions.Expect(administrator.Locator("main section li")).ToHaveCountAsync(3);
        await Look.IsAccessibleAsync(administrator);
        await administrator.Locator("main .actions .button").First.ClickAsync();
        await Assertions.Expect(administrator.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await administrator.GotoAsync("/mandates");
        await Assertions.Expect(administrator.Locator("main .rows li")).ToHaveCountAsync(1);

        await administrator.GotoAsync("/company/master-data");
        await Look.IsAccessibleAsync(administrator);
        await administrator.Locator("main .button").ClickAsync();
        await Assertions.Expect(administrator.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await administrator.Locator("main .button-risk").ClickAsync();
        await Assertions.Expect(administrator.Locator("main .rows p")).ToHaveCountAsync(2);
        await Look.IsAccessibleAsync(administrator);

        await administrator.GotoAsync($"/company/representatives/{invited.Id}");
        await Look.IsAccessibleAsync(administrator);
        await administrator.Locator("main .button-risk").ClickAsync();
        await Assertions.Expect(administrator.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await member.GotoAsync("/company/joint-acts");
        Assert.Equal("/company", new Uri(member.Url).AbsolutePath);
        await Assertions.Expect(member.Locator(".company-links")).ToHaveCountAsync(0);
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

    // The message is written after the answer: waits for its file, and for nothing else.
    private async Task<string> LinkAsync(string email)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(LongestWay);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await ticks.WaitForNextTickAsync(patience.Token))
        {
            foreach (var file in browser.Mails)
            {
                var text = (await File.ReadAllTextAsync(file, Cancellation)).Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
                if (text.Contains(email, StringComparison.Ordinal) && text.IndexOf("/invitations?token=", StringComparison.Ordinal) is > 0 and var at)
                {
                    return text.Substring(at, "/invitations?token=".Length + 43);
                }
            }
        }

        throw new InvalidOperationException($"No mail to {email} came.");
    }

    private async Task ImportAsync(string line)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(line));
        await foreach (var result in browser.Services.GetRequiredService<ImportExtracts>().ExecuteAsync(NdjsonLines.ReadAsync(stream, ImportExtracts.MaxBytes, Cancellation), "tester", Cancellation))
        {
            Assert.True(result.Outcome != ImportOutcome.Rejected, $"{result.Code}: {result.Detail}");
        }
    }
}
