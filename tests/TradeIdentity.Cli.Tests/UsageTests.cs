using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Cli.Tests;

[Collection(InOneFolder.Name)]
public sealed class UsageTests(AuthorityFolder folder)
{
    private const int Usage = 64;

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("verify")]
    [InlineData("verify", "TI1:X")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk")]
    [InlineData("verify", "--bundle", "trust.bundle", "TI1:X")]
    [InlineData("verify", "--bundle", "none.bundle", "--anchor", "anchor.jwk", "TI1:X")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "none.jwk", "TI1:X")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "operators.ndjson", "TI1:X")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk", "--at", "tomorrow", "TI1:X")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk", "--at", "2026-01-01T00:00:00", "TI1:X")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk", "--max-status-age", "soon", "TI1:X")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk", "--image", "aeo.png", "TI1:X")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk", "--image", "none.png")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk", "--image", "anchor.jwk")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk", "--batch", "none.txt")]
    [InlineData("verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk", "--frobnicate", "TI1:X")]
    [InlineData("bundle", "fetch", "http://identity.customs.example", "--anchor", "anchor.jwk", "-o", "new.bundle")]
    [InlineData("bundle", "fetch", "https://identity.customs.example", "-o", "new.bundle")]
    [InlineData("bundle", "apply", "trust.bundle", "none.delta", "--anchor", "anchor.jwk", "-o", "new.bundle")]
    [InlineData("bundle", "apply", "trust.bundle", "TI1D:%", "--anchor", "anchor.jwk", "-o", "new.bundle")]
    [InlineData("issue", "--type", "AeoStatus")]
    [InlineData("issue", "--tin", "NL123456789012", "--type", "Passport")]
    [InlineData("keys", "rotate", "--purpose", "house")]
    public async Task A_call_that_cannot_be_answered_is_64_and_says_why(params string[] arguments)
    {
        var run = await folder.RunAsync(arguments);
        Assert.True(Usage == run.ExitCode, $"{run.ExitCode}: {run.Output}{run.Error}");
        Assert.NotEmpty(run.Error.Trim());
        Assert.Empty(run.Output);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.In("new.bundle")));
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        var run = await folder.RunAsync("--help");
        Assert.Equal(0, run.ExitCode);
        foreach (var command in (string[])["verify", "inspect", "bundle", "import", "issue", "keys", "db", "audit"])
        {
            Assert.Matches($@"(?m)^\s+{command}\b", run.Output);
        }
    }

    [Fact]
    public async Task A_wrong_configuration_is_78_and_names_the_key()
    {
        var start = ProgramRun.Start(folder.Path, "dotnet", [BuiltProgram.Tradeid, "keys", "list"], ("Issuer__Coed", "NL"));
        var run = await ProgramRun.ExecuteAsync(start);
        Assert.Equal(78, run.ExitCode);
        Assert.Contains("Issuer:Coed", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
