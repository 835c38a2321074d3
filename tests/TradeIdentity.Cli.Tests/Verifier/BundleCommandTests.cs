namespace TradeIdentity.Cli.Tests.Verifier;

[Collection(InOneFolder.Name)]
public sealed class BundleCommandTests(AuthorityFolder folder)
{
    [Fact]
    public async Task A_bundle_is_shown_for_machines()
    {
        var run = await folder.RunAsync("bundle", "show", "trust.bundle", "--anchor", "anchor.jwk", "--json");
        Assert.Equal(0, run.ExitCode);
        var shown = AuthorityFolder.Json(run.Output);
        Assert.Equal(["sequence", "issued", "nextUpdate", "anchor", "announcedAnchors", "issuers", "statusLists"], shown.EnumerateObject().Select(member => member.Name));
        Assert.Equal(1, shown.GetProperty("sequence").GetInt64());
        Assert.Matches("Z$", shown.GetProperty("issued").GetString()!);
        Assert.Equal("XX-DEMO", Assert.Single(shown.GetProperty("issuers").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_bundle_that_is_not_there_is_told_before_an_anchor_is_asked_for()
    {
        var run = await folder.RunAsync("bundle", "show", "none.bundle");
        Assert.Equal(64, run.ExitCode);
        Assert.StartsWith("none.bundle cannot be read: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_does_not_answer_leaves_the_bundle_in_hand()
    {
        var run = await folder.RunAsync("bundle", "fetch", "http://127.0.0.1:1", "--anchor", "anchor.jwk", "-o", "fetched.bundle");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(". The bundle in hand is unchanged.", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.In("fetched.bundle")));
    }
}
