using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests.Samples;

public sealed class VerificationPageTests : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;
    private readonly TestIssuer _issuer = new();

    public VerificationPageTests()
    {
        File.WriteAllText(Path.Combine(_folder, "anchor.jwk"), _issuer.AnchorKey.Anchor.ToJwk());
        File.WriteAllBytes(Path.Combine(_folder, "bundle.cose"), _issuer.File(_issuer.Content()));
        Environment.CurrentDirectory = _folder;
    }

    [Fact]
    public void The_sample_of_the_page_is_the_compiled_one()
    {
        var compiled = RepositoryText.Read("tests", "TradeIdentity.Verification.Tests", "Samples", "VerificationPage.cs");
        var usings = compiled[..compiled.IndexOf("namespace", StringComparison.Ordinal)];
        var first = compiled.IndexOf("        // Once:", StringComparison.Ordinal);
        var body = compiled[first..compiled.IndexOf("        return line;", StringComparison.Ordinal)];
        var lines = body.Split('\n').Select(line => line.Length > 8 ? line[8..] : line);
        Assert.Contains($"```csharp\n{usings}{string.Join('\n', lines)}```\n", RepositoryText.Read("docs", "verification.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_answers_as_the_page_says()
    {
        var text = _issuer.Text(Company);
        Assert.Equal("Noordzee Handel B.V., status as of 2026-03-01 12:00:00Z", VerificationPage.Run(text, Now, 10));
        Assert.Equal("refused: malformed", VerificationPage.Run(text[..^1], Now, 10));
        Assert.Equal("cannot tell: status_stale", VerificationPage.Run(text, Now.AddDays(3), 10));
        Assert.Equal("cannot tell: bundle_rollback", VerificationPage.Run(text, Now, 11));
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_folder, recursive: true);
        _issuer.Dispose();
    }
}
