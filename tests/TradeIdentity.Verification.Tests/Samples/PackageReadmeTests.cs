using System.Text;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests.Samples;

/// <summary>What the package's page shows is what is compiled here, and it does what the page says.</summary>
public sealed class PackageReadmeTests : IDisposable
{
    private const string Namespace = "namespace TradeIdentity.Verification.Tests.Samples;\n\n";

    private readonly TestIssuer _issuer = new();

    [Fact]
    public void The_sample_of_the_page_is_the_compiled_one()
    {
        var compiled = RepositoryText.Read("tests", "TradeIdentity.Verification.Tests", "Samples", "Gate.cs");
        Assert.Contains(Namespace, compiled, StringComparison.Ordinal);
        var page = RepositoryText.Read("src", "TradeIdentity.Verification", "README.md");
        Assert.Contains($"```csharp\n{compiled.Replace(Namespace, "", StringComparison.Ordinal)}```\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_answers_in_three_ways()
    {
        var gate = Gate.Open(Anchor(), _issuer.File(_issuer.Content()), newestSequenceSeen: 0);
        Assert.Equal("Noordzee Handel B.V., status of 12 hours ago", gate.Scan(_issuer.Text(Company), Now.AddHours(12)));
        Assert.Equal("refused: malformed", gate.Scan(_issuer.Text(Company)[..^1], Now));
        Assert.Equal("cannot tell: status_stale", gate.Scan(_issuer.Text(Company), Now.AddHours(49)));
    }

    [Fact]
    public void The_sample_takes_no_other_bundle()
    {
        using var other = new TestIssuer();
        Assert.Throws<InvalidDataException>(() => Gate.Open(Anchor(), other.File(other.Content()), newestSequenceSeen: 0));
        Assert.Throws<InvalidDataException>(() => Gate.Open(Anchor(), _issuer.File(_issuer.Content()), newestSequenceSeen: 11));
        Assert.Throws<InvalidDataException>(() => Gate.Open([], _issuer.File(_issuer.Content()), newestSequenceSeen: 0));
    }

    public void Dispose() => _issuer.Dispose();

    private byte[] Anchor() => Encoding.UTF8.GetBytes(_issuer.AnchorKey.Anchor.ToJwk());
}
