using System.IO.Compression;
using System.Xml.Linq;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.EndToEnd.Tests.Packages;

/// <summary>The two libraries as packages that others reference.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-packages-").FullName;

    [Theory]
    [InlineData("TradeIdentity.Codecs", "System.Formats.Cbor")]
    [InlineData("TradeIdentity.Verification", "System.Formats.Cbor", "TradeIdentity.Codecs")]
    public async Task A_library_packs_with_its_page_its_documentation_and_no_other_dependency(string library, params string[] dependencies)
    {
        // As it was built with these tests: …/bin/Release/net10.0/
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var pack = await ProgramRun.ExecuteAsync(ProgramRun.Start(
            _folder, "dotnet", ["pack", Repository.PathOf("src", library), "--no-build", "-c", configuration, "-o", _folder, "-nodeReuse:false"]));
        Assert.True(pack.ExitCode == 0, pack.Output + pack.Error);

        using var package = await ZipFile.OpenReadAsync(Assert.Single(Directory.GetFiles(_folder, $"{library}.*.nupkg")), TestContext.Current.CancellationToken);
        var files = package.Entries.Select(entry => entry.FullName).ToArray();
        Assert.Contains("README.md", files);
        Assert.Contains($"lib/net10.0/{library}.dll", files);
        Assert.Contains($"lib/net10.0/{library}.xml", files);

        await using var stream = await package.GetEntry($"{library}.nuspec")!.OpenAsync(TestContext.Current.CancellationToken);
        var description = await XDocument.LoadAsync(stream, LoadOptions.None, TestContext.Current.CancellationToken);
        string[] Values(string element, string? attribute = null) =>
            [.. description.Descendants().Where(e => e.Name.LocalName == element).Select(e => attribute is null ? e.Value : e.Attribute(attribute)!.Value).Order()];
        Assert.Equal(dependencies, Values("dependency", "id"));
        Assert.Equal(["README.md"], Values("readme"));
        Assert.Equal(["Apache-2.0"], Values("license"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
