using Microsoft.Playwright;

namespace TradeIdentity.Browser.Tests;

/// <summary>OpenID Connect Front-Channel Logout 1.0, as a browser does it.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class FrontChannelLogoutTests(Browser browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_client_hears_of_the_sign_out_and_has_the_person_back(bool hasScript)
    {
        await using var party = await RelyingParty.StartAsync(browser);
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = hasScript });
        var page = await context.NewPageAsync();
        var heard = await SignInAsync(page, party);

        await page.GotoAsync(party.Logout());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        if (!hasScript)
        {
            await page.WaitForURLAsync("**/signed-out?**");
            await heard;
            await page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        }

        await page.WaitForURLAsync(party.SignedOut + "?**");
        Assert.Contains("state=kept", page.Url, StringComparison.Ordinal);
        var query = await heard;
        Assert.Equal(browser.Address, query["iss"].ToString());
        Assert.NotEmpty(query["sid"].ToString());
    }

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task Who_signs_out_here_stays_on_a_page_that_is_accessible(string locale)
    {
        await using var party = await RelyingParty.StartAsync(browser);
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await context.NewPageAsync();
        var heard = await SignInAsync(page, party);

        await page.GotoAsync("/sign-out");
        await page.Locator("main form button").ClickAsync();
        await page.WaitForURLAsync("**/signed-out?**");

        await heard;
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Locales.Word(locale, "SignOut.DoneTitle"));
        Assert.Equal(Locales.Word(locale, "SignOut.Frame", "Single Window of Examplia"), await page.Locator("iframe").GetAttributeAsync("title"));
        await Look.IsAccessibleAsync(page);
    }

    private async Task<Task<Microsoft.AspNetCore.Http.IQueryCollection>> SignInAsync(IPage page, RelyingParty party)
    {
        var account = await People.AddAsync(browser, "mira", "NL854502130");
        await People.SignInAsync(page, account, party.Request());
        await page.Locator("main button").First.ClickAsync();
        await page.WaitForURLAsync(party.Callback + "?**");
        return party.LogoutHeard.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
