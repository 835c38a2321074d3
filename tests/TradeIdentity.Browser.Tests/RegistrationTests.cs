using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Browser.Tests;

[Collection(OnOneBrowser.Name)]
public sealed partial class RegistrationTests(Browser browser)
{
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_account_is_opened_confirmed_by_mail_and_gets_a_new_password_by_mail()
    {
        var email = $"quinn.{Account.NewId()[..8]}@trader.example";
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/register");
        await Look.IsAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the account" }).ClickAsync();
        Assert.Equal(["Enter your name", "Enter your e-mail address", "Enter your password"], await page.GetByRole(AriaRole.Alert).Locator("li").AllInnerTextsAsync());
        await page.GetByLabel("Given name").FillAsync("Quinn");
        await page.GetByLabel("Family name").FillAsync("Example");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync("password1234");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("known from a leak");
        await page.GetByLabel("Password").FillAsync(People.Password);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Look in your e-mail");
        await Look.IsAccessibleAsync(page);

        await page.GotoAsync(await LinkAsync(email, "confirm-email"));
        await Look.IsAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your e-mail address is confirmed");

        await page.GotoAsync("/forgot");
        await Look.IsAccessibleAsync(page);
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync($"If there is an account with {email}");
        var link = await LinkAsync(email, "reset-password");
        await page.GotoAsync(link);
        await Look.IsAccessibleAsync(page);
        await page.GetByLabel("New password").FillAsync("five other plain words here");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your password is set");

        await page.GotoAsync(link);
        await page.GetByLabel("New password").FillAsync("and once more with the link");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This link no longer works");
        await Look.IsAccessibleAsync(page);
    }

    [Fact]
    public async Task The_answer_to_a_forgotten_password_and_to_a_registration_is_the_same_for_an_address_with_an_account_and_without()
    {
        var account = await People.AddAsync(browser, "rosa");
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        foreach (var path in new[] { "/forgot", "/register" })
        {
            var answers = new List<string>();
            foreach (var email in new[] { account.Email, $"nobody.{Account.NewId()[..8]}@trader.example" })
            {
                await page.GotoAsync(path);
                if (path == "/register")
                {
                    await page.GetByLabel("Given name").FillAsync("Rosa");
                    await page.GetByLabel("Password").FillAsync(People.Password);
                }

                await page.GetByLabel("E-mail address").FillAsync(email);
                await page.Locator("main button").First.ClickAsync();
                await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Look in your e-mail");
                answers.Add((await page.Locator("main").InnerTextAsync()).Replace(email, "…", StringComparison.Ordinal));
            }

            Assert.Equal(answers[0], answers[1]);
        }
    }

    // The message is written after the answer: waits for its file, and for nothing else.
    private async Task<string> LinkAsync(string email, string page)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(LongestWay);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await ticks.WaitForNextTickAsync(patience.Token))
        {
            foreach (var file in browser.Mails)
            {
                var text = await ReadAsync(file);
                if (text.Contains(email, StringComparison.Ordinal) && Link().Matches(text).FirstOrDefault(link => link.Value.Contains(page, StringComparison.Ordinal)) is { } found)
                {
                    return found.Value;
                }
            }
        }

        throw new InvalidOperationException($"No mail to {email} came.");
    }

    // Quoted-printable (RFC 2045 §6.7), or base64 for texts in other scripts.
    private static async Task<string> ReadAsync(string file)
    {
        var raw = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var unfolded = raw.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal);
        return raw.Contains("quoted-printable", StringComparison.OrdinalIgnoreCase) ? WebUtility.UrlDecode(Escape().Replace(unfolded.Replace("%", "%25", StringComparison.Ordinal).Replace("+", "%2B", StringComparison.Ordinal), "%$1")) : unfolded;
    }

    [GeneratedRegex("https?://[^\\s\"<>]+")]
    private static partial Regex Link();

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Escape();
}
