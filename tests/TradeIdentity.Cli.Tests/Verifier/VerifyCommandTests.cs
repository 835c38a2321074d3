using System.Globalization;
using System.Text.Json;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Cli.Tests.Verifier;

[Collection(InOneFolder.Name)]
public sealed class VerifyCommandTests(AuthorityFolder folder)
{
    private static readonly string[] Trust = ["--bundle", "trust.bundle", "--anchor", "anchor.jwk"];

    [Theory]
    [InlineData("anchor.jwk")]
    [InlineData("anchor.cose")]
    public async Task The_anchor_is_taken_in_both_forms(string anchor)
    {
        var run = await folder.RunAsync("verify", "--bundle", "trust.bundle", "--anchor", anchor, "--json", folder.QrText);
        Assert.Equal(0, run.ExitCode);
        var verdict = AuthorityFolder.Json(run.Output);
        Assert.Equal(
            ["verdict", "reason", "credential", "issuer", "status", "recognition", "holderBinding", "at", "bundleSequence"],
            verdict.EnumerateObject().Select(member => member.Name));
        Assert.Equal(JsonValueKind.Null, verdict.GetProperty("reason").ValueKind);
        Assert.Equal(["code", "name"], verdict.GetProperty("issuer").EnumerateObject().Select(member => member.Name));
        Assert.Equal(["value", "asOf", "ageSeconds"], verdict.GetProperty("status").EnumerateObject().Select(member => member.Name));
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task The_text_is_read_from_a_picture_and_from_standard_input()
    {
        var picture = await folder.RunAsync(["verify", .. Trust, "--json", "--image", "aeo.png"]);
        Assert.SkipWhen(picture.ExitCode == 64 && picture.Error.Contains("zbar library", StringComparison.Ordinal), "The zbar library is not installed.");
        Assert.Equal((0, AuthorityFolder.Tin), (picture.ExitCode, TinOf(picture)));
        var piped = await ProgramRun.ExecuteAsync(ProgramRun.Start(folder.Path, "dotnet", [BuiltProgram.Tradeid, "verify", .. Trust, "--json", "-"]), folder.QrText + "\r\n");
        Assert.Equal((0, AuthorityFolder.Tin), (piped.ExitCode, TinOf(piped)));
    }

    [Theory]
    [InlineData(400, "rejected", "expired", 1)]
    [InlineData(-400, "undetermined", "clock", 2)]
    public async Task The_time_is_an_argument(int days, string verdict, string reason, int exitCode)
    {
        var at = TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var run = await folder.RunAsync(["verify", .. Trust, "--at", at, "--json", folder.QrText]);
        var judged = AuthorityFolder.Json(run.Output);
        Assert.Equal((verdict, reason, exitCode), (judged.GetProperty("verdict").GetString(), judged.GetProperty("reason").GetString(), run.ExitCode));
    }

    [Fact]
    public async Task A_damaged_bundle_accepts_nothing()
    {
        var bytes = await File.ReadAllBytesAsync(folder.In("trust.bundle"), TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(folder.In("damaged.bundle"), bytes, TestContext.Current.CancellationToken);
        var run = await folder.RunAsync("verify", "--bundle", "damaged.bundle", "--anchor", "anchor.jwk", "--json", folder.QrText);
        Assert.Equal(("undetermined", "bundle_signature_invalid"), Judged(AuthorityFolder.Json(run.Output)));
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task A_batch_is_answered_line_by_line_in_order_on_all_cores()
    {
        const int lines = 5000;
        await File.WriteAllLinesAsync(folder.In("batch.txt"), Enumerable.Range(0, lines).Select(Line), TestContext.Current.CancellationToken);
        var run = await folder.RunAsync(["verify", .. Trust, "--batch", "batch.txt"]);
        Assert.Equal(1, run.ExitCode);
        var answers = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, lines).Select(Expected), answers.Select(answer => Judged(AuthorityFolder.Json(answer))));
    }

    [Fact]
    public async Task What_is_inspected_is_said_to_be_unverified()
    {
        var run = await folder.RunAsync("inspect", "--json", folder.QrText);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("UNVERIFIED", run.Error, StringComparison.Ordinal);
        var said = AuthorityFolder.Json(run.Output);
        Assert.False(said.GetProperty("verified").GetBoolean());
        Assert.Equal(AuthorityFolder.Tin, said.GetProperty("credential").GetProperty("tin").GetString());
    }

    // Every third is good, every third altered, every third of another kind; one is longer than any text may be.
    private string Line(int at) => at == 2500 ? new string('A', 100_000) : (at % 3) switch
    {
        0 => folder.QrText,
        1 => folder.QrText[..60],
        _ => "HC1:NCF",
    };

    private static (string, string?) Expected(int at) => at == 2500 ? ("rejected", "malformed") : (at % 3) switch
    {
        0 => ("accepted", null),
        1 => ("rejected", "malformed"),
        _ => ("rejected", "unsupported_envelope"),
    };

    private static (string, string?) Judged(JsonElement verdict) => (verdict.GetProperty("verdict").GetString()!, verdict.TryGetProperty("reason", out var reason) ? reason.GetString() : null);

    private static string? TinOf(ProgramRun run) => AuthorityFolder.Json(run.Output).GetProperty("credential").GetProperty("tin").GetString();
}
