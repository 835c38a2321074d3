using System.Text.Json;
using System.Xml.Linq;

namespace TradeIdentity.EndToEnd.Tests.Walls;

/// <summary>
/// Codecs ← Verification ← Authority ← {Server, Cli}; the native command is on Verification. What a customs post or an inspector of the code takes of us is the
/// first two, and they reach nothing: no network, no file, no clock, no environment, no log.
/// </summary>
public sealed class DependencyWallTests
{
    private const string Codecs = "TradeIdentity.Codecs";

    private const string Verification = "TradeIdentity.Verification";

    private const string Cbor = "System.Formats.Cbor";

    // Starts of full names of types and members.
    private static readonly string[] OutOfReach =
    [
        "System.Net.", "System.Data.", "System.IO.File.", "System.IO.FileStream.", "System.IO.FileInfo.", "System.IO.Directory.", "System.IO.Pipes.",
        "System.Console.", "System.Diagnostics.Process.", "System.Environment.GetEnvironmentVariable", "System.AppContext.",
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.TimeProvider.", "System.Diagnostics.Stopwatch.",
        "System.Environment.get_TickCount", "System.Threading.Timer.", "System.Diagnostics.Trace", "System.Diagnostics.Tracing.",
        "System.Reflection.Assembly.Load", "System.Runtime.InteropServices.NativeLibrary.", "Microsoft.",
    ];

    private static readonly string[] KindsOfCode = ["compile", "runtime", "native"];

    [Fact]
    public void Projects_refer_to_each_other_in_one_direction()
    {
        var references = Directory.GetDirectories(Repository.PathOf("src")).Select(Path.GetFileName).OfType<string>().Order()
            .Select(project => $"{project} → {string.Join(", ", ProjectReferences(project))}");
        Assert.Equal(
            [
                "TradeIdentity.Authority → TradeIdentity.Verification",
                "TradeIdentity.Cli → TradeIdentity.Authority",
                "TradeIdentity.Cli.Native → TradeIdentity.Verification",
                "TradeIdentity.Codecs → ",
                "TradeIdentity.Server → TradeIdentity.Authority",
                "TradeIdentity.Verification → TradeIdentity.Codecs",
                "TradeIdentity.Verification.Native → TradeIdentity.Verification",
            ],
            references);
    }

    [Theory]
    [InlineData(Codecs)]
    [InlineData(Verification)]
    public void Codecs_and_Verification_resolve_to_one_package(string project)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("src", project, "obj", "project.assets.json")));
        var targets = assets.RootElement.GetProperty("targets").EnumerateObject().ToArray();
        Assert.NotEmpty(targets);
        foreach (var library in targets.SelectMany(target => target.Value.EnumerateObject()).Where(HasCode))
        {
            Assert.Contains(library.Name.Split('/')[0], (string[])[Cbor, Codecs]);
        }

        var framework = assets.RootElement.GetProperty("project").GetProperty("frameworks").EnumerateObject().Single().Value;
        Assert.Equal(["Microsoft.NETCore.App"], framework.GetProperty("frameworkReferences").EnumerateObject().Select(f => f.Name));
    }

    [Theory]
    [InlineData(Codecs)]
    [InlineData(Verification)]
    public void Codecs_and_Verification_are_built_on_the_base_library_alone(string name)
    {
        using var assembly = ScannedAssembly.Open(name);
        var baseLibrary = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.All(assembly.References, reference => Assert.True(
            reference is Cbor or Codecs || File.Exists(Path.Combine(baseLibrary, reference + ".dll")), reference));
    }

    [Theory]
    [InlineData(Codecs)]
    [InlineData(Verification)]
    public void Codecs_and_Verification_reach_no_network_file_clock_environment_or_log(string name)
    {
        using var assembly = ScannedAssembly.Open(name);
        Assert.Empty(Reached(assembly));
    }

    // The scan itself: what the authority does reach, it finds.
    [Fact]
    public void The_scan_sees_what_is_reached()
    {
        using var authority = ScannedAssembly.Open("TradeIdentity.Authority");
        var reached = Reached(authority).ToArray();
        Assert.Contains("System.TimeProvider.get_System", reached);
        Assert.Contains("System.IO.File.ReadAllText", reached);
        Assert.Contains(reached, name => name.StartsWith("System.Data.Common.DbConnection.", StringComparison.Ordinal));
        Assert.Contains(reached, name => name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TradeIdentity.Authority")]
    [InlineData("TradeIdentity.Server")]
    public void OpenIddict_is_used_in_the_OpenId_namespaces_only(string name)
    {
        using var assembly = ScannedAssembly.Open(name);
        var users = assembly.Uses().Where(use => use.UsedAssembly.StartsWith("OpenIddict", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(users);
        Assert.Empty(users
            .Where(use => use.Namespace != $"{name}.OpenId" && !use.Namespace.StartsWith($"{name}.OpenId.", StringComparison.Ordinal))
            .Select(use => $"{use.Namespace}.{use.Type} uses {use.UsedAssembly}"));
    }

    [Theory]
    [InlineData("tradeid")]
    [InlineData(Verification)]
    public void Others_do_not_use_OpenIddict(string name)
    {
        using var assembly = ScannedAssembly.Open(name);
        Assert.DoesNotContain(assembly.References, reference => reference.StartsWith("OpenIddict", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Reached(ScannedAssembly assembly) =>
        assembly.Names.Where(name => OutOfReach.Any(start => (name + ".").StartsWith(start, StringComparison.Ordinal)));

    private static IEnumerable<string> ProjectReferences(string project) =>
        XDocument.Load(Repository.PathOf("src", project, project + ".csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    // A package of analyzers has none.
    private static bool HasCode(JsonProperty library) =>
        KindsOfCode.Any(kind => library.Value.TryGetProperty(kind, out var files)
            && files.EnumerateObject().Any(file => !file.Name.EndsWith("_._", StringComparison.Ordinal)));
}
