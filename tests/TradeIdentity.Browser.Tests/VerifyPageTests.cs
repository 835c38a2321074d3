using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Server.Site;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Browser.Tests;

/// <summary>The page where anyone checks a credential, and the newcomer's way there from the start page.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class VerifyPageTests(Browser browser)
{
    // Of this test alone: a company has five credentials of a kind at most.
    private const string Checked = "NLCHECKEDHERE1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_reason_says_what_it_is_and_what_to_do()
    {
        var words = new Wording();
        var codes = Enum.GetValues<RejectionReason>().Select(reason => reason.Code()).Concat(Enum.GetValues<Doubt>().Select(doubt => doubt.Code()));
        Assert.All(codes, code => Assert.True(words.Find($"Verify.reason.{code}") is not null && words.Find($"Verify.do.{code}") is not null, code));
    }

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task Each_answer_is_told_by_word_and_shape_and_accessible(string locale)
    {
        var text = await IssueAsync();
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await context.NewPageAsync();
        foreach (var (given, answer, icon) in new[] { (text, "accepted", "done"), (Altered(text, ^1), "rejected", "stop"), (OfAnotherKey(text), "undetermined", "question") })
        {
            // A hand scanner types the code and presses Enter.
            await page.GotoAsync("/verify");
            await page.Locator("input[name=Text]").FillAsync(given);
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator(".verdict h2")).ToHaveTextAsync(Locales.Word(locale, $"Verify.verdict.{answer}"));
            await Assertions.Expect(page.Locator($".verdict svg.icon-{icon}")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync(Checked);
            await Assertions.Expect(page.GetByText(Locales.Word(locale, "Verify.Unproven"))).ToHaveCountAsync(answer == "accepted" ? 0 : 1);
            await Look.IsAccessibleAsync(page);
        }
    }

    [Theory]
    [InlineData("", "Enter the text of a QR code")]
    [InlineData("https://example.org/", "This is a code of another kind.")]
    [InlineData("TI1:", "The code is damaged, or is no trade credential.")]
    [InlineData("TI1:<script>alert(1)</script>", "The code is damaged, or is no trade credential.")]
    public async Task What_is_no_credential_is_said_to_be_none(string given, string said)
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/verify");
        await page.Locator("input[name=Text]").FillAsync(given);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(said);
        await Assertions.Expect(page.GetByText("Accepted")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_newcomer_comes_from_the_start_page_to_a_verified_AEO_code_with_what_the_screen_says()
    {
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("data/demonstration-accounts.txt");
        await Assertions.Expect(page.Locator("main ol")).ToContainTextAsync("Sign in as anna@flowers.example");
        var anna = (await File.ReadAllLinesAsync(browser.AccountsFile, Cancellation)).Select(line => line.Split('\t')).Single(account => account[0] == "anna@flowers.example");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in", Exact = true }).First.ClickAsync();
        await page.GetByLabel("E-mail address").FillAsync(anna[0]);
        await page.GetByLabel("Password").FillAsync(anna[1]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Credentials", Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Get a credential" }).ClickAsync();
        await page.Locator("label[for=kind-AeoStatus]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Get this credential" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "See what a checker sees" }).ClickAsync();
        await Assertions.Expect(page.Locator(".verdict h2")).ToHaveTextAsync("Accepted");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("AEOC – AEO Customs simplifications");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Not proven: a code shows the status of the company");
        await Look.IsAccessibleAsync(page);
    }

    private async Task<string> IssueAsync()
    {
        await Companies.RegisterAsync(browser, Checked, """{"component":"AEOC","status":"granted","authorisationNumber":"NLAEOC7","effectiveFrom":"2024-01-01"}""");
        return (await browser.Services.GetRequiredService<IssueCredential>().ExecuteAsync(new CredentialRequest(Tin.Parse(Checked), CredentialTypes.AeoStatus), "tester", Cancellation))
            .Match(issued => issued.QrText, refusal => throw new InvalidOperationException(refusal.Code));
    }

    private static string Altered(string text, Index place) => Rewrite(text, [place], letter => (byte)(letter ^ 1));

    // Protected header: d2 84 4e/58.. a3 01 26 04 48 <8 bytes of the key's id>.
    private static string OfAnotherKey(string text)
    {
        var message = Message(text);
        var at = message.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x04, 0x48]) + 2;
        return Rewrite(text, [.. Enumerable.Range(at, 8).Select(index => (Index)index)], letter => (byte)~letter);
    }

    private static string Rewrite(string text, Index[] places, Func<byte, byte> change)
    {
        var message = Message(text);
        foreach (var place in places)
        {
            message[place] = change(message[place]);
        }

        return Ti1Text.Encode(message);
    }

    private static byte[] Message(string text)
    {
        var message = new byte[Ti1Text.MaxMessageLength];
        Assert.True(Ti1Text.TryDecode(text, message, out var length));
        return message[..length];
    }
}
