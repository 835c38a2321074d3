using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace TradeIdentity.Cli.Tests.Verifier;

public sealed class BatchTests(PostFolder post) : IClassFixture<PostFolder>
{
    // Milliseconds; a batch that holds its answers back would wait for ever.
    private const int LongestWait = 120_000;

    [Fact(Timeout = LongestWait)]
    public async Task Whoever_writes_a_line_and_waits_has_its_answer()
    {
        using var process = Process.Start(post.Start(PostFolder.Verify("--batch")))!;
        foreach (var (text, expected) in new[] { (post.Text, "accepted"), ("HC1:X", "rejected"), (post.Text, "accepted") })
        {
            await process.StandardInput.WriteAsync(text + "\n");
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            Assert.Equal(expected, Verdict(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)));
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
    }

    [Fact(Timeout = LongestWait)]
    public async Task Memory_does_not_grow_with_the_number_of_lines()
    {
        var few = await PeakOfAsync(20_000, TestContext.Current.CancellationToken);
        var many = await PeakOfAsync(200_000, TestContext.Current.CancellationToken);
        Assert.True(many < few + 48 * 1024, $"{few} KiB for 20,000 lines, {many} KiB for 200,000.");
    }

    [Fact(Timeout = LongestWait)]
    public async Task Of_a_line_without_an_end_nothing_is_held()
    {
        using var process = Process.Start(post.Start(PostFolder.Verify("--batch")))!;
        var piece = new string('A', 1 << 20);
        for (var megabytes = 0; megabytes < 400; megabytes++)
        {
            await process.StandardInput.WriteAsync(piece);
        }

        await process.StandardInput.WriteAsync("\n" + post.Text + "\n");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var first = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"malformed\"", first, StringComparison.Ordinal);
        Assert.Equal("accepted", Verdict(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)));
        Assert.InRange(Peak(process), 1, 200 * 1024);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_line_that_is_good_but_for_what_follows_out_of_sight_is_malformed()
    {
        var run = await post.VerifyWithInputAsync($"{post.Text}{new string('\r', 9000)}X\n\n{post.Text}\r\n", "--batch");
        Assert.Equal(["malformed", "unsupported_envelope", null], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Reason));
    }

    [Fact]
    public async Task A_batch_of_nothing_accepts_nothing()
    {
        var run = await post.VerifyWithInputAsync("", "--batch");
        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.Equal(64, (await post.VerifyWithInputAsync(post.Text, "--batch", "--image", "aeo.png")).ExitCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1, "TI1:X")]
    [InlineData(2, "--max-status-age", "1s")]
    public async Task A_batch_ends_as_its_worst_verdict_does(int exitCode, params string[] changes)
    {
        var forged = changes.Where(change => change.StartsWith("TI1:", StringComparison.Ordinal)).ToList();
        var lines = string.Join('\n', [post.Text, .. forged, .. Enumerable.Repeat(post.Text, 600)]);
        var run = await post.VerifyWithInputAsync(lines, ["--batch", .. changes.Except(forged)]);
        Assert.Equal(exitCode, run.ExitCode);
    }

    [Fact]
    public async Task A_last_line_needs_no_end()
    {
        var run = await post.VerifyWithInputAsync($"{post.Text}\n{post.Text}", "--batch");
        Assert.Equal(["accepted", "accepted"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Verdict));
    }

    // The process waits for more when its memory is read: its peak so far is its peak.
    private async Task<long> PeakOfAsync(int lines, CancellationToken cancelled)
    {
        using var process = Process.Start(post.Start(PostFolder.Verify("--batch")))!;
        var writing = Task.Run(async () =>
        {
            for (var line = 0; line < lines; line++)
            {
                await process.StandardInput.WriteAsync("TI1:6BF\n");
            }

            await process.StandardInput.FlushAsync(cancelled);
        }, cancelled);
        for (var line = 0; line < lines; line++)
        {
            Assert.NotNull(await process.StandardOutput.ReadLineAsync(cancelled));
        }

        await writing;
        var peak = Peak(process);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancelled);
        return peak;
    }

    private static long Peak(Process process)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak of a process's memory is read from /proc.");
        var line = File.ReadLines($"/proc/{process.Id}/status").Single(it => it.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6, line.Length - 6 - " kB".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }

    private static string? Verdict(string? line) => Member(line, "verdict");

    private static string? Reason(string line) => Member(line, "reason");

    private static string? Member(string? line, string name)
    {
        using var document = JsonDocument.Parse(line!);
        return document.RootElement.GetProperty(name).GetString();
    }
}
