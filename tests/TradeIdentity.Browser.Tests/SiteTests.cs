using System.Net;
using Microsoft.Playwright;
using TradeIdentity.Tests.Shared;

namespace TradeIdentity.Browser.Tests;

/// <summary>What holds for all pages together.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class SiteTests(Browser browser)
{
    [Fact]
    public void Stylesheet_and_scripts_are_under_50_KB_together()
    {
        var files = Directory.GetFiles(Repository.PathOf("src", "TradeIdentity.Server", "wwwroot"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".css" or ".js").ToArray();
        Assert.NotEmpty(files);
        Assert.InRange(files.Sum(file => new FileInfo(file).Length), 1, 50 * 1024);
    }

    [Fact]
    public async Task No_page_has_a_style_or_script_of_its_own_and_each_says_so_in_its_policy()
    {
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        foreach (var (path, script) in new[] { ("/", false), ("/sign-in", true), ("/sign-out", false), ("/nothing", false) })
        {
            var response = (await page.GotoAsync(path))!;
            var policy = response.Headers["content-security-policy"];
            Assert.StartsWith("default-src 'none'; style-src 'self'; img-src 'self'; ", policy, StringComparison.Ordinal);
            Assert.EndsWith("base-uri 'none'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal(script, policy.Contains("script-src 'self';", StringComparison.Ordinal));
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("no-store", response.Headers["cache-control"], StringComparison.Ordinal);
            Assert.Equal(0, await page.Locator("[style], style, script:not([src])").CountAsync());
        }
    }

    [Fact]
    public async Task Every_link_of_the_start_page_leads_somewhere()
    {
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        var links = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href')).filter(href => href.startsWith('/'))");
        Assert.NotEmpty(links);
        foreach (var link in links.Distinct())
        {
            var answer = await context.APIRequest.GetAsync(link);
            Assert.True(answer.Ok, $"{link}: {answer.Status}");
        }
    }

    [Fact]
    public async Task A_form_that_another_site_sends_does_nothing()
    {
        var account = await People.AddAsync(browser, "otto");
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account);
        foreach (var path in new[] { "/sign-out", "/account/sessions?handler=Everywhere", "/sign-in", "/act-for" })
        {
            var answer = await context.APIRequest.PostAsync(path, new APIRequestContextOptions { Headers = [KeyValuePair.Create("Accept", "text/html")], Form = context.APIRequest.CreateFormData() });
            Assert.Equal((int)HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains("This form can no longer be sent", await answer.TextAsync(), StringComparison.Ordinal);
        }

        await page.ReloadAsync();
        Assert.Equal("/account", new Uri(page.Url).AbsolutePath);
    }

    [Fact]
    public async Task A_form_that_is_sent_empty_says_what_is_missing_beside_each_field()
    {
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        Assert.StartsWith("Error: Sign in", await page.TitleAsync(), StringComparison.Ordinal);
        await Look.IsAccessibleAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Enter your password" }).ClickAsync();
        Assert.Equal("field-Password", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("true", await page.GetByLabel("Password").GetAttributeAsync("aria-invalid"));
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_have_the_same_answer()
    {
        var account = await People.AddAsync(browser, "petra");
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        var answers = new List<string>();
        foreach (var email in new[] { account.Email, "nobody@trader.example" })
        {
            await page.GotoAsync("/sign-in");
            await page.GetByLabel("E-mail address").FillAsync(email);
            await page.GetByLabel("Password").FillAsync("not the password at all");
            await page.Keyboard.PressAsync("Enter");
            answers.Add(await page.GetByRole(AriaRole.Alert).InnerTextAsync());
        }

        Assert.Contains("is not right", answers[0], StringComparison.Ordinal);
        Assert.Equal(answers[0], answers[1]);
    }
}
