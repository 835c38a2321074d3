using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Browser.Tests;

/// <summary>The holder's side of AEO status in a browser: from the sign-in to a submitted application, and to one given up.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class AeoHolderJourneyTests(Browser browser)
{
    private const string Importer = "NL854502130";
    private const string Foundation = "CHDEMO0001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_state_act_ground_and_decider_has_words()
    {
        var words = new Wording();
        Assert.All(Enum.GetValues<AeoStatus>(), status => Assert.NotNull(words.Find($"AeoHolder.status.{status.ToCode()}")));
        Assert.All(Enum.GetValues<AeoStatus>(), status => Assert.NotNull(words.Find($"AeoHolder.nextText.{status.ToCode()}")));
        Assert.All(Enum.GetValues<AeoAct>(), act => Assert.NotNull(words.Find($"AeoHolder.act.{act.ToCode()}")));
        Assert.All(Enum.GetValues<SuspensionGround>(), ground => Assert.NotNull(words.Find($"AeoHolder.ground.{ground.ToCode()}")));
        Assert.All(AeoCodes.Each((AeoDecider)15), decider => Assert.NotNull(words.Find($"AeoHolder.by.{decider}")));
    }

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task The_pages_are_accessible(string locale)
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await SignedInAsync(context, "ada", await Locales.CompanyAsync(browser, locale, 1));
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/aeo/apply");
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
        await page.Locator("label[for=component-AEOS]").ClickAsync();
        await page.Locator("input[name=Reason]").FillAsync("We store goods under bond.");
        await page.Locator("main .button").ClickAsync();
        await Look.IsAccessibleAsync(page);
        await page.Locator("a[href$='/AEOS/submit']").ClickAsync();
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
        await page.Locator("label[for=declared]").ClickAsync();
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.Locator("svg.timeline")).ToHaveCountAsync(1);
        await Look.IsAccessibleAsync(page);
    }

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task What_giving_up_takes_with_it_is_named_accessibly(string locale)
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await SignedInAsync(context, "bea", Importer);
        await Look.IsAccessibleAsync(page);
        await page.Locator("a[href$='/relinquish']").First.ClickAsync();
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
    }

    [Fact]
    public async Task From_the_sign_in_to_a_submitted_application_without_JavaScript()
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, await People.AddAsync(browser, "cora", Foundation));
        await page.GetByRole(AriaRole.Link, new() { Name = "AEO status" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Choose a component to begin")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Apply for a component" }).ClickAsync();
        await page.Locator("label[for=component-AEOC]").ClickAsync();
        await page.GetByLabel("Why the company applies").FillAsync("Simplified declarations for our exports.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the application" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("a draft now");
        await page.GetByRole(AriaRole.Link, new() { Name = "Submit the application" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Simplified declarations for our exports.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit now" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Tick the declaration");
        await page.Locator("label[for=declared]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit now" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("was submitted");
        await Assertions.Expect(page.GetByText("(30 days left)")).ToBeVisibleAsync();
        Assert.Equal(2, await page.Locator(".steps li").CountAsync());
        Assert.Equal(AeoStatus.Submitted, await StatusAsync(Foundation, "AEOC"));

        // It cannot be submitted again, nor given up before it is granted.
        foreach (var act in new[] { "submit", "relinquish" })
        {
            await page.GotoAsync($"/aeo/SAFE/AEOC/{act}");
            Assert.Equal("/aeo", new Uri(page.Url).AbsolutePath);
        }
    }

    [Fact]
    public async Task What_is_forged_or_of_another_company_is_refused()
    {
        await using var context = await browser.OpenAsync();
        var page = await SignedInAsync(context, "dora", Foundation);
        // What the importer has, this company has not; and what no programme has, nobody has.
        foreach (var path in new[] { "/aeo/EU-AEO/AEOC/relinquish", "/aeo/EU-AEO/AEOC/submit", "/aeo/SAFE/NONE/submit" })
        {
            var answer = await context.APIRequest.GetAsync(path, new APIRequestContextOptions { Headers = [KeyValuePair.Create("Accept", "text/html")] });
            Assert.Equal((int)HttpStatusCode.NotFound, answer.Status);
        }

        await page.GotoAsync("/aeo/apply");
        var radio = page.Locator("input[name=Component]").First;
        await radio.EvaluateAsync("input => { input.value = 'CTPAT'; input.checked = true; }");
        await page.Locator("input[name=Reason]").EvaluateAsync("input => { input.removeAttribute('maxlength'); input.value = 'x'.repeat(501); }");
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose the component");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("1 to 500 characters");

        var form = context.APIRequest.CreateFormData();
        form.Set("Component", "AEOS");
        form.Set("Reason", "forged");
        var forged = await context.APIRequest.PostAsync("/aeo/apply", new APIRequestContextOptions { Form = form, Headers = [KeyValuePair.Create("Accept", "text/html")] });
        Assert.Equal((int)HttpStatusCode.BadRequest, forged.Status);
        Assert.Null(await StatusAsync(Foundation, "AEOS"));
    }

    private async Task<IPage> SignedInAsync(IBrowserContext context, string name, string tin)
    {
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, await People.AddAsync(browser, name, tin), "/aeo");
        return page;
    }

    private async Task<AeoStatus?> StatusAsync(string tin, string component)
    {
        await using var scope = browser.Services.CreateAsyncScope();
        Assert.True((await scope.ServiceProvider.GetRequiredService<GetOperator>().ExecuteAsync(Tin.Parse(tin), Cancellation)).TryGet(out var found, out _));
        return found.Aeo.FirstOrDefault(each => each.Component == component)?.Status;
    }
}
