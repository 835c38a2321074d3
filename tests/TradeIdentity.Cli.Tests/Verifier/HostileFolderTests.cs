using System.Diagnostics;
using System.Globalization;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Cli.Tests.Verifier;

/// <summary>What others may have put into the folder of a post, or answer it.</summary>
[Collection(InOneFolder.Name)]
public sealed class HostileFolderTests(AuthorityFolder folder)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_beside_the_output_is_not_written_through()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege there.");
        await File.WriteAllTextAsync(folder.In("precious"), "precious", Cancellation);
        File.CreateSymbolicLink(folder.In("linked.bundle.new"), folder.In("precious"));

        await using var server = new BareServer("HTTP/1.1 200 OK", await File.ReadAllBytesAsync(folder.In("trust.bundle"), Cancellation));
        var run = await folder.RunAsync("bundle", "fetch", server.Address, "--anchor", "anchor.jwk", "-o", "linked.bundle");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("precious", await File.ReadAllTextAsync(folder.In("precious"), Cancellation));
        Assert.Null(new FileInfo(folder.In("linked.bundle")).LinkTarget);
    }

    [Fact]
    public async Task What_a_server_says_of_its_failure_cannot_steer_the_terminal()
    {
        await using var server = new BareServer("HTTP/1.1 500 \u001b[2Jdone", []);
        var run = await folder.RunAsync("bundle", "fetch", server.Address, "--anchor", "anchor.jwk", "-o", "refused.bundle");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("\uFFFD[2Jdone", Assert.Single(Lines(run.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_with_no_anchor_in_its_place_is_one_line_and_no_verdict()
    {
        File.Copy(folder.In("trust.bundle"), folder.In("damaged-state.bundle"), overwrite: true);
        await File.WriteAllTextAsync(folder.In("damaged-state.bundle.state.json"), """{"anchors":[null],"newestSequence":1}""", Cancellation);

        var run = await folder.RunAsync("verify", "--bundle", "damaged-state.bundle", "--json", folder.QrText);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains("fetch the bundle again", Assert.Single(Lines(run.Error)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify", "--bundle", "", "--anchor", "anchor.jwk", "TI1:X")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "", "TI1:X")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk", "--image", "")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk", "--batch", "")]
    [InlineData("bundle", "show", "")]
    [InlineData("bundle", "apply", "trust.bundle", "", "--anchor", "anchor.jwk", "-o", "other.bundle")]
    public async Task A_name_that_is_empty_is_a_wrong_call_and_no_verdict(params string[] arguments)
    {
        var run = await folder.RunAsync(arguments);
        Assert.Equal(64, run.ExitCode);
        Assert.Equal("The name of a file is empty.", Assert.Single(Lines(run.Error)));
    }

    [Fact]
    public async Task A_bundle_is_not_kept_under_no_name()
    {
        await using var server = new BareServer("HTTP/1.1 200 OK", await File.ReadAllBytesAsync(folder.In("trust.bundle"), Cancellation));
        var run = await folder.RunAsync("bundle", "fetch", server.Address, "--anchor", "anchor.jwk", "-o", "");
        Assert.Equal(64, run.ExitCode);
        Assert.Equal("The name of a file is empty.", Assert.Single(Lines(run.Error)));
        Assert.False(File.Exists(folder.In(".new")));
    }

    [Theory]
    [InlineData("verify", "--bundle", "/dev/zero", "--anchor", "anchor.jwk", "TI1:X")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "/dev/zero", "TI1:X")]
    [InlineData("bundle", "show", "endless.bundle", "--anchor", "anchor.jwk")]
    [InlineData("bundle", "apply", "trust.bundle", "/dev/zero", "--anchor", "anchor.jwk", "-o", "other.bundle")]
    public async Task What_has_no_end_is_too_long(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "There is no such device.");
        File.Delete(folder.In("endless.bundle"));
        File.CreateSymbolicLink(folder.In("endless.bundle"), "/dev/zero");
        var run = await folder.RunAsync(arguments);
        Assert.Equal(64, run.ExitCode);
        Assert.Contains("is larger than", Assert.Single(Lines(run.Error)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify", "--bundle", "silent", "--anchor", "anchor.jwk", "TI1:X")]
    [InlineData("bundle", "show", "silent", "--anchor", "anchor.jwk")]
    [InlineData("bundle", "apply", "trust.bundle", "silent", "--anchor", "anchor.jwk", "-o", "other.bundle")]
    public async Task Whoever_waits_for_what_never_comes_can_be_ended(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such pipes and signals.");
        File.Delete(folder.In("silent"));
        await ToolAsync("mkfifo", folder.In("silent"));
        using var waiting = Process.Start(ProgramRun.Start(folder.Path, "dotnet", [BuiltProgram.Tradeid, .. arguments]))!;
        // Opens when the program opens the other end, and writes nothing.
        await using var silent = await Task.Run(() => new FileStream(folder.In("silent"), FileMode.Open, FileAccess.Write), Cancellation);
        // Not SIGINT, which a shell has its background work ignore, and all that this starts.
        await ToolAsync("kill", "-TERM", waiting.Id.ToString(CultureInfo.InvariantCulture));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            await waiting.WaitForExitAsync(patience.Token);
        }
        finally
        {
            waiting.Kill();
        }

        Assert.Equal(130, waiting.ExitCode);
    }

    private static async Task ToolAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(tool, arguments);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
