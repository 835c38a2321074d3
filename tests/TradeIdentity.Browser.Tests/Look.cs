using Microsoft.Playwright;

namespace TradeIdentity.Browser.Tests;

/// <summary>What every page owes to everyone who looks at it, listens to it, or holds it in a hand.</summary>
internal static class Look
{
    // WCAG 2.2 AA and what it stands on.
    private const string AllRules = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }";

    // All that another scheme can change.
    private const string ColourRules = "{ runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }";

    private static readonly string Axe = Path.Combine(AppContext.BaseDirectory, "axe.min.js");

    /// <summary>No violation in light and in dark, and no way to scroll sideways on 320 pixels (WCAG 1.4.10).</summary>
    internal static async Task IsAccessibleAsync(IPage page)
    {
        Assert.SkipUnless(File.Exists(Axe), "axe-core is not restored: npm ci in the folder of this project.");
        var axe = await AxeAsync(page);
        await HasNoViolationAsync(page, axe, ColorScheme.Light, AllRules);
        await HasNoViolationAsync(page, axe, ColorScheme.Dark, ColourRules);

        var size = page.ViewportSize!;
        // 1280 pixels at 200 % (WCAG 1.4.4) and at 400 % (1.4.10); also what overflows to the left of Arabic is counted.
        foreach (var wide in new[] { 640, 320 })
        {
            await page.SetViewportSizeAsync(wide, 640);
            var width = await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth");
            Assert.True(width == wide, $"{page.Url} in {await page.EvaluateAsync<string>("document.documentElement.lang")} is {width} pixels wide on a screen of {wide}.");
        }

        await ShootAsync(page, null);
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>The names of what the Tab key reaches, in its order, the page's frame left out.</summary>
    internal static async Task<IReadOnlyList<string>> TabStopsAsync(IPage page)
    {
        await page.EvaluateAsync("document.getElementById('content').focus()");
        var stops = new List<string>();
        while (stops.Count < 50)
        {
            await page.Keyboard.PressAsync("Tab");
            var name = await page.EvaluateAsync<string?>(
                "() => { const e = document.activeElement; return e.closest('main') ? (e.labels?.[0] ?? e).innerText.split('\\n')[0].trim() : null; }");
            if (name is null)
            {
                break;
            }

            stops.Add(name);
        }

        return stops;
    }

    private static async Task HasNoViolationAsync(IPage page, Func<string, Task<System.Text.Json.JsonElement>> axe, ColorScheme scheme, string rules)
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await ShootAsync(page, scheme);
        var answer = await axe($"axe.run({rules}).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.target + ' ' + n.failureSummary)))");
        var violations = answer.GetProperty("result").GetProperty("value").EnumerateArray().Select(text => text.GetString()).ToArray();
        Assert.True(violations.Length == 0, $"{page.Url}, {scheme}:\n{string.Join('\n', violations)}");
    }

    // axe runs in a world of its own: the page's policy allows no script but its own.
    private static async Task<Func<string, Task<System.Text.Json.JsonElement>>> AxeAsync(IPage page)
    {
        var client = await page.Context.NewCDPSessionAsync(page);
        var tree = await client.SendAsync("Page.getFrameTree");
        var frame = tree!.Value.GetProperty("frameTree").GetProperty("frame").GetProperty("id").GetString()!;
        var world = (await client.SendAsync("Page.createIsolatedWorld", new() { ["frameId"] = frame }))!.Value.GetProperty("executionContextId").GetInt32();
        await EvaluateAsync(client, world, await File.ReadAllTextAsync(Axe) + ";0");
        return expression => EvaluateAsync(client, world, expression);
    }

    private static async Task<System.Text.Json.JsonElement> EvaluateAsync(ICDPSession client, int world, string expression)
    {
        var answer = await client.SendAsync("Runtime.evaluate", new()
        {
            ["expression"] = expression,
            ["contextId"] = world,
            ["awaitPromise"] = true,
            ["returnByValue"] = true,
        });
        Assert.False(answer!.Value.TryGetProperty("exceptionDetails", out var failure), failure.ToString());
        return answer.Value;
    }

    // For whoever wants to look: TRADEIDENTITY_SCREENSHOTS names a folder.
    private static async Task ShootAsync(IPage page, ColorScheme? scheme)
    {
        if (Environment.GetEnvironmentVariable("TRADEIDENTITY_SCREENSHOTS") is { Length: > 0 } folder)
        {
            var language = await page.EvaluateAsync<string>("document.documentElement.lang");
            var name = new Uri(page.Url).AbsolutePath.Trim('/').Replace('/', '-');
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(folder, $"{(name.Length == 0 ? "start" : name)}-{language}-{scheme?.ToString().ToLowerInvariant() ?? "phone"}.png"),
                FullPage = true,
            });
        }
    }
}
