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

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
