using Microsoft.Playwright;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Browser.Tests;

/// <summary>What a person downloads, and what a post without a network makes of it.</summary>
internal static class PrintedCards
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The trust anchor and the bundle of now, as a post has them.</summary>
    public static async Task FetchTrustAsync(Browser browser, string folder)
    {
        using var http = new HttpClient { BaseAddress = new Uri(browser.Address) };
        await File.WriteAllBytesAsync(Path.Combine(folder, "anchor.jwk"), await http.GetByteArrayAsync(new Uri("/trust/anchor", UriKind.Relative), Cancellation), Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(folder, "bundle.cose"), await http.GetByteArrayAsync(new Uri("/trust/bundle", UriKind.Relative), Cancellation), Cancellation);
    }

    public static async Task<string> DownloadAsync(IBrowserContext context, IPage page, string link, string folder)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync());
        var path = Path.Combine(folder, download.SuggestedFilename);
        await download.SaveAsAsync(path);
        return path;
    }

    // At the resolution of an office printer.
    public static async Task<string[]> PrintedAsync(string folder, string pdf)
    {
        var run = await ProgramRun.ExecuteAsync(ProgramRun.Start(folder, "pdftoppm", ["-r", "300", "-png", "-singlefile", pdf, "printed"]));
        Assert.True(run.ExitCode == 0, run.Error);
        return (await ProgramRun.ZbarimgAsync(folder, "printed.png"))!.Split('\n');
    }

    public static Task<ProgramRun> VerifyAsync(string folder, string text) =>
        ProgramRun.OfflineTradeidAsync(folder, "verify", "--bundle", "bundle.cose", "--anchor", "anchor.jwk", "--json", text);
}
