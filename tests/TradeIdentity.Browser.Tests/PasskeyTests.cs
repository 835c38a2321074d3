using Microsoft.Playwright;

namespace TradeIdentity.Browser.Tests;

[Collection(OnOneBrowser.Name)]
public sealed class PasskeyTests(Browser browser)
{
    [Fact]
    public async Task A_passkey_is_added_and_then_signs_in_without_a_name()
    {
        var account = await People.AddAsync(browser, "greta", "NL854502130");
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await AddAuthenticatorAsync(page);
        await People.SignInAsync(page, account, "/account/passkeys");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("work laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The passkey is added");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "work laptop" })).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);

        await context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in?returnUrl=/account");
        // The virtual authenticator answers what the browser offers by itself, before anybody asks.
        await page.WaitForURLAsync("**/account");
        await Assertions.Expect(page.Locator(".person")).ToContainTextAsync("Greta Example");
    }

    [Fact]
    public async Task A_passkey_is_asked_for_by_the_button_too()
    {
        var account = await People.AddAsync(browser, "hugo");
        await using var context = await browser.OpenAsync();
        await context.AddInitScriptAsync("if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = undefined;");
        var page = await context.NewPageAsync();
        await AddAuthenticatorAsync(page);
        await People.SignInAsync(page, account, "/account/passkeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The passkey is added");
        await context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/account");
        await page.GotoAsync("/account/passkeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You have no passkey yet" })).ToBeVisibleAsync();
    }

    // WebDriver's virtual authenticator (WebAuthn Level 3 §11), through the browser's own protocol.
    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
