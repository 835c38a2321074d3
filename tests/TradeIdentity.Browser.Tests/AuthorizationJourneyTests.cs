using Microsoft.Playwright;

namespace TradeIdentity.Browser.Tests;

/// <summary>From a relying party through sign-in, choice of the entity and consent, and back.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class AuthorizationJourneyTests(Browser browser)
{
    [Theory]
    [InlineData("en", "fr-FR")]
    [InlineData("fr", "en-GB")]
    [InlineData("es", "en-GB")]
    [InlineData("ar", "en-GB")]
    [InlineData("zh-Hans", "en-GB")]
    public async Task The_pages_on_the_way_are_accessible_and_in_the_language_that_the_client_asks_for(string language, string locale)
    {
        await using var party = await RelyingParty.StartAsync(browser);
        var account = await People.AddAsync(browser, "ines", "NL854502130", "CHDEMO0001");
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await context.NewPageAsync();
        await page.GotoAsync(party.Request(("ui_locales", language), ("login_hint", account.Email)));
        await IsAsync(page, "/sign-in", language);
        Assert.Equal(account.Email, await page.Locator("input[name=Email]").InputValueAsync());
        await page.Locator("input[name=Password]").FillAsync(People.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/act-for?**");
        await IsAsync(page, "/act-for", language);
        await page.Locator(".choice label").First.ClickAsync();
        await page.Locator("main .button").ClickAsync();
        await page.WaitForURLAsync("**/consent?**");
        await IsAsync(page, "/consent", language);
    }

    [Fact]
    public async Task Consent_says_in_plain_words_who_asks_for_what_and_is_remembered_listed_and_withdrawn()
    {
        await using var party = await RelyingParty.StartAsync(browser);
        var account = await People.AddAsync(browser, "jonas", "NL854502130");
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account, party.Request());
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Share with {RelyingParty.Name}?");
        var asked = await page.Locator("main").InnerTextAsync();

        // The bar above speaks of the same entity as the question, chosen in this session or not.
        await Assertions.Expect(page.Locator(".person")).ToContainTextAsync($"acting for {await page.Locator(".note strong").First.InnerTextAsync()}");
        foreach (var said in new[] { account.Email, "Jonas Example", "NL854502130", "AEOC in force", "Keep this access while you are not there", new Uri(party.Callback).Authority })
        {
            Assert.Contains(said, asked, StringComparison.Ordinal);
        }

        Assert.Equal(["Allow", "Do not share"], await Look.TabStopsAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await page.WaitForURLAsync(party.Callback + "?**");
        Assert.Contains("code=", page.Url, StringComparison.Ordinal);
        Assert.Contains("state=kept", page.Url, StringComparison.Ordinal);

        // Once is enough.
        await page.GotoAsync(party.Request());
        Assert.StartsWith(party.Callback, page.Url, StringComparison.Ordinal);

        await page.GotoAsync("/account/applications");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = RelyingParty.Name })).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Withdraw from {RelyingParty.Name}" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The permission is withdrawn");
        await page.GotoAsync(party.Request());
        Assert.Equal("/consent", new Uri(page.Url).AbsolutePath);
    }

    [Fact]
    public async Task Who_does_not_share_is_sent_back_with_nothing()
    {
        await using var party = await RelyingParty.StartAsync(browser);
        var account = await People.AddAsync(browser, "kofi", "NL854502130");
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account, party.Request());
        await page.GetByRole(AriaRole.Button, new() { Name = "Do not share" }).ClickAsync();
        await page.WaitForURLAsync(party.Callback + "?**");
        Assert.Contains("error=access_denied", page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("code=", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_way_works_without_JavaScript()
    {
        await using var party = await RelyingParty.StartAsync(browser);
        var account = await People.AddAsync(browser, "lena", "NL854502130", "CHDEMO0001");
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account, party.Request());
        await page.Locator(".choice label").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await page.WaitForURLAsync(party.Callback + "?**");
        Assert.Contains("code=", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_request_is_told_to_the_person_in_plain_words_and_goes_to_no_client()
    {
        await using var party = await RelyingParty.StartAsync(browser);
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(party.Request().Replace("callback", "elsewhere", StringComparison.Ordinal));
        Assert.StartsWith(browser.Address, page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("The site that sent you asked for something it cannot have");
        await page.GetByText("Details for support").ClickAsync();
        await Assertions.Expect(page.GetByText("invalid_request")).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
    }

    private static async Task IsAsync(IPage page, string path, string language)
    {
        Assert.Equal(path, new Uri(page.Url).AbsolutePath);
        Assert.Equal(language, await page.EvaluateAsync<string>("document.documentElement.lang"));
        await Look.IsAccessibleAsync(page);
    }
}
