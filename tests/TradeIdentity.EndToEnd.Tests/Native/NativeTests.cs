using System.Text.Json;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.EndToEnd.Tests.Native;

/// <summary>What runs where there is no .NET gives the answers that are published, all of them.</summary>
public sealed class NativeTests(NativeBuild built) : IClassFixture<NativeBuild>
{
    private const int MostBytes = 10_000_000;

    private static readonly string Vectors = Repository.PathOf("tests/vectors");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_library_gives_every_published_answer_to_the_sample_in_Python()
    {
        Assert.SkipUnless(built.IsThere, NativeBuild.NoCompiler);
        var run = await built.RunAsync("python3", Repository.PathOf("tests/TradeIdentity.EndToEnd.Tests/Native/run_vectors.py"), built.Library, Path.Combine(NativeBuild.Source, "samples"), Vectors);
        Assert.SkipWhen(run is null, "python3 is not installed.");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("as published", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_in_C_compiles_with_the_header_and_judges()
    {
        Assert.SkipUnless(built.IsThere, NativeBuild.NoCompiler);
        var sample = Path.Combine(built.Folder, "verify");
        var compiled = await built.RunAsync(
            "clang", "-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic", "-I", NativeBuild.Source, Path.Combine(NativeBuild.Source, "samples", "verify.c"), built.Library, $"-Wl,-rpath,{built.Folder}", "-o", sample);
        Assert.True(compiled is { ExitCode: 0 }, compiled?.Error);
        var (bundle, anchor, vectors) = await FilesAsync("plain");
        // Now is long after: but a revocation is for good.
        foreach (var (name, reason) in new[] { ("revoked", "revoked"), ("company", "bundle_expired"), ("signature-altered", "signature_invalid") })
        {
            var run = await built.RunAsync(sample, bundle, anchor, vectors.Single(vector => vector.GetProperty("name").GetString() == name).GetProperty("text").GetString()!);
            Assert.Contains($"\"reason\":\"{reason}\"", run!.Output, StringComparison.Ordinal);
            Assert.Equal(1, run.ExitCode);
        }
    }

    [Fact]
    public async Task The_native_program_gives_every_published_verdict_that_a_command_line_can_ask_for()
    {
        Assert.SkipUnless(built.IsThere, NativeBuild.NoCompiler);
        Assert.InRange(new FileInfo(built.Program).Length, 1, MostBytes);
        using var published = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Vectors, "verdicts.json"), Cancelled));
        var asked = 0;
        foreach (var vector in published.RootElement.GetProperty("vectors").EnumerateArray().Where(CanBeAsked))
        {
            var (bundle, anchor, _) = await FilesAsync(vector.GetProperty("bundle").GetString()!);
            string[] age = vector.TryGetProperty("maxStatusAge", out var seconds) ? ["--max-status-age", $"{seconds}s"] : [];
            var run = await built.RunAsync(built.Program, ["verify", "--bundle", bundle, "--anchor", anchor, "--at", vector.GetProperty("at").GetString()!, .. age, "--json", "--", vector.GetProperty("text").GetString()!]);
            var verdict = vector.GetProperty("verdict");
            Assert.True(run!.Output.Length > 0, run.Error);
            using var given = JsonDocument.Parse(run.Output);
            Assert.True(JsonElement.DeepEquals(verdict, given.RootElement), $"{vector.GetProperty("name")}: {run.Output}");
            Assert.Equal(verdict.GetProperty("verdict").GetString() switch { "accepted" => 0, "rejected" => 1, _ => 2 }, run.ExitCode);
            asked++;
        }

        Assert.InRange(asked, 60, int.MaxValue);
    }

    // It cuts white space, takes no text that is none, and remembers sequences itself; the rest of a policy has no option.
    private static bool CanBeAsked(JsonElement vector) =>
        vector.GetProperty("text").GetString() is { Length: > 0 } text && text.Trim('\uFEFF', ' ', '\n') == text && !text.Contains('\0')
        && !vector.TryGetProperty("newestSequence", out _) && !vector.TryGetProperty("maxStatusAgeByType", out _) && !vector.TryGetProperty("clockTolerance", out _);

    private async Task<(string Bundle, string Anchor, List<JsonElement> Vectors)> FilesAsync(string bundle)
    {
        using var published = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Vectors, "verdicts.json"), Cancelled));
        var (file, anchor) = (Path.Combine(built.Folder, $"{bundle}.cose"), Path.Combine(built.Folder, "anchor.jwk"));
        await File.WriteAllBytesAsync(file, published.RootElement.GetProperty("bundles").GetProperty(bundle).GetBytesFromBase64(), Cancelled);
        await File.WriteAllTextAsync(anchor, published.RootElement.GetProperty("anchor").GetRawText(), Cancelled);
        return (file, anchor, [.. published.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.Clone())]);
    }
}
