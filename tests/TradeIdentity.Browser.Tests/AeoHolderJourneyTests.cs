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
        var tin = await Locales.CompanyAsync(browser, locale, 1);
        var ada = await People.AddAsync(browser, "ada", tin);
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, ada, "/aeo");
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
        await Assertions.Expect(page.Locator(".note-doubt a")).ToHaveCountAsync(18);
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync(page.Url.Replace("/submit", "/questionnaire/records", StringComparison.Ordinal));
        await page.Locator("input[name=q-archive-years]").FillAsync("many");
        await page.Locator("button[value=next]").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
        await Answers.CompleteAsync(browser, tin, "AEOS", ada.Id);
        await page.GotoAsync("/aeo/GB-AEO/AEOS/withdraw");
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/aeo/GB-AEO/AEOS/submit");
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

        // Some of it, and the rest another day.
        await page.GetByRole(AriaRole.Link, new() { Name = "The company" }).ClickAsync();
        await page.GetByLabel("What does the company do in the supply chain?").FillAsync("We export machines.");
        await page.GetByLabel("How many people work for the company?").FillAsync("many");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and come back later" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Enter a number in digits");
        await page.GetByLabel("How many people work for the company?").FillAsync("42");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and come back later" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your answers were saved");
        await page.GotoAsync("/aeo");
        await page.GetByRole(AriaRole.Link, new() { Name = "Go on with the application" }).ClickAsync();
        await Assertions.Expect(page.GetByText("complete", new() { Exact = true })).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Attach it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose a document");
        await page.GetByLabel("Attach a document").SetInputFilesAsync(new FilePayload { Name = "page.pdf", MimeType = "application/pdf", Buffer = "<html>"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Attach it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no PDF, PNG or JPEG");
        await page.GetByLabel("Attach a document").SetInputFilesAsync(new FilePayload { Name = "plan.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 plan"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Attach it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "plan.pdf" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Check your answers" }).ClickAsync();
        await Assertions.Expect(page.GetByText("still to be answered")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Submit now" })).ToHaveCountAsync(0);
        await page.Locator(".note-doubt a").First.ClickAsync();
        await page.Locator("label[for=q-infringements-no]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await page.Locator("label[for=q-audit-trail-yes]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await page.Locator("label[for=q-insolvency-no]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await page.Locator("textarea[name=q-premises]").FillAsync("A fence and a guard.");
        await page.Locator("label[for=q-seals-yes]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Check your answers" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Simplified declarations for our exports.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("We export machines.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit now" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Tick the declaration");
        await page.Locator("label[for=declared]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit now" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("was submitted");
        await Assertions.Expect(page.GetByText("(30 days left)")).ToBeVisibleAsync();
        Assert.Equal(2, await page.Locator(".steps li").CountAsync());

        // The officer reads it, and no page but this one does.
        await using var office = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var officer = await Officers.SignInAsync(browser, office, "otto", TradeIdentity.Authority.Accounts.AccountRoles.AeoOfficer);
        await officer.GotoAsync($"/officer/operators/{Foundation}/aeo");
        await officer.GetByRole(AriaRole.Link, new() { Name = "Answers and documents" }).ClickAsync();
        await Assertions.Expect(officer.GetByText("We export machines.")).ToBeVisibleAsync();
        await Assertions.Expect(officer.GetByText("Questionnaire of SAFE, version 1")).ToBeVisibleAsync();
        var plan = await officer.GetByRole(AriaRole.Link, new() { Name = "plan.pdf" }).GetAttributeAsync("href");
        var saved = await office.APIRequest.GetAsync(plan!);
        Assert.Equal("%PDF-1.7 plan", await saved.TextAsync());
        Assert.Contains("attachment", saved.Headers["content-disposition"], StringComparison.Ordinal);
        var stranger = await context.APIRequest.GetAsync(plan!, new APIRequestContextOptions { Headers = [KeyValuePair.Create("Accept", "text/html")] });
        Assert.Equal((int)HttpStatusCode.NotFound, stranger.Status);
        Assert.Equal(AeoStatus.Submitted, await StatusAsync(Foundation, "AEOC"));

        // It cannot be submitted again, nor given up before it is granted.
        foreach (var act in new[] { "submit", "relinquish" })
        {
            await page.GotoAsync($"/aeo/SAFE/AEOC/{act}");
            Assert.Equal("/aeo", new Uri(page.Url).AbsolutePath);
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Withdraw the application" }).ClickAsync();
        await page.GetByLabel("Why the company withdraws it").FillAsync("We wait for the new warehouse.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("was withdrawn");
        Assert.Equal(AeoStatus.Withdrawn, await StatusAsync(Foundation, "AEOC"));
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

        // The one form that brings files: cut off, and without the token of the page.
        foreach (var body in new[] { "--x\r\nContent-Disposition: form-data; name=\"Document\"\r\n\r\n%PDF", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nb\r\n--x--\r\n" })
        {
            var sent = await context.APIRequest.PostAsync("/aeo/SAFE/AEOC/questionnaire?handler=Attach", new APIRequestContextOptions
            {
                DataString = body,
                Headers = [KeyValuePair.Create("Accept", "text/html"), KeyValuePair.Create("Content-Type", "multipart/form-data; boundary=x")],
            });
            Assert.Equal((int)HttpStatusCode.BadRequest, sent.Status);
        }
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
