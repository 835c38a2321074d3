using System.Text.Json;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Cli.Tests.Authority;

[Collection(InOneFolder.Name)]
public sealed class AuthorityCommandsTests(AuthorityFolder folder)
{
    [Fact]
    public async Task An_import_answers_each_line_and_fails_where_one_is_rejected()
    {
        await File.WriteAllTextAsync(
            folder.In("mixed.ndjson"), $"{AuthorityFolder.OperatorLine}\n\n{{\"tin\":\"NL1\",\"colour\":\"red\"}}\n", TestContext.Current.CancellationToken);
        var run = await folder.RunAsync("import", "mixed.ndjson", "--json");
        Assert.Equal(1, run.ExitCode);
        var lines = Lines(run);
        Assert.Equal(
            [(1, "unchanged", null), (3, "rejected", "member_unknown")],
            lines.Select(line => (line.GetProperty("line").GetInt32(), line.GetProperty("outcome").GetString()!, line.GetProperty("code").GetString())));
        Assert.Contains("2 lines: 0 created, 0 updated, 1 unchanged, 1 rejected.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_reads_standard_input()
    {
        var run = await ProgramRun.ExecuteAsync(ProgramRun.Start(folder.Path, "dotnet", [BuiltProgram.Tradeid, "import", "-", "--json"]), AuthorityFolder.OperatorLine);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("unchanged", Assert.Single(Lines(run)).GetProperty("outcome").GetString());
    }

    [Fact]
    public void An_issued_credential_is_told_in_JSON()
    {
        Assert.Equal(
            ["id", "type", "tin", "qrText", "issuedAt", "expiresAt", "status"],
            folder.Issued.EnumerateObject().Select(member => member.Name));
        Assert.Matches("Z$", folder.Issued.GetProperty("issuedAt").GetString()!);
        Assert.Equal(["list", "index"], folder.Issued.GetProperty("status").EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("nl", "tin_malformed")]
    [InlineData("NL404", "operator_unknown")]
    public async Task What_cannot_be_issued_is_one_line_with_a_code(string tin, string code)
    {
        var run = await folder.RunAsync("issue", "--tin", tin, "--type", "AeoStatus", "--png", "refused.png");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(code + ": ", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.In("refused.png")));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_does_not_hide_what_was_issued()
    {
        var run = await folder.RunAsync("issue", "--tin", AuthorityFolder.Tin, "--type", "LegalIdentity", "--svg", "none/legal.svg");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("TI1:", run.Output, StringComparison.Ordinal);
        Assert.Contains("legal.svg", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_key_is_announced_and_signs_later()
    {
        var before = Lines(await folder.RunAsync("keys", "list", "--json"));
        var rotated = await folder.RunAsync("keys", "rotate");
        Assert.Equal(0, rotated.ExitCode);
        var after = Lines(await folder.RunAsync("keys", "list", "--json"));
        Assert.Equal(before.Count + 1, after.Count);
        var made = Assert.Single(after, key => key.GetProperty("kid").GetString() == rotated.Output.Trim());
        Assert.Equal("issuing", made.GetProperty("purpose").GetString());
        Assert.True(made.GetProperty("signsFrom").GetDateTimeOffset() > made.GetProperty("createdAt").GetDateTimeOffset().AddDays(13));
        Assert.Equal(["anchor", "issuing", "issuing"], after.Select(key => key.GetProperty("purpose").GetString()!).Where(purpose => !purpose.StartsWith("openid", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Keys_of_tokens_are_rotated_together()
    {
        var rotated = await folder.RunAsync("keys", "rotate", "--purpose", "openid", "--immediately");
        Assert.True(rotated.ExitCode == 0, rotated.Error);
        var kids = rotated.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var made = Lines(await folder.RunAsync("keys", "list", "--json")).Where(key => kids.Contains(key.GetProperty("kid").GetString()));
        Assert.Equal(["openid", "openid-rsa"], made.Select(key => key.GetProperty("purpose").GetString()!).Order());
    }

    [Fact]
    public async Task A_backup_is_a_whole_database_and_never_overwrites()
    {
        Assert.Equal(0, (await folder.RunAsync("db", "check")).ExitCode);
        Assert.Equal(0, (await folder.RunAsync("db", "backup", "copy.db")).ExitCode);
        var check = await ProgramRun.ExecuteAsync(ProgramRun.Start(
            folder.Path, "dotnet", [BuiltProgram.Tradeid, "db", "check"], ("Storage__ConnectionString", "Data Source=copy.db")));
        Assert.Equal((0, ""), (check.ExitCode, check.Output));
        var again = await folder.RunAsync("db", "backup", "copy.db");
        Assert.Equal(1, again.ExitCode);
        Assert.StartsWith("backup_file_exists: ", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_damaged_is_found_out()
    {
        await File.WriteAllTextAsync(folder.In("garbage.db"), new string('x', 10_000), TestContext.Current.CancellationToken);
        var check = await ProgramRun.ExecuteAsync(ProgramRun.Start(
            folder.Path, "dotnet", [BuiltProgram.Tradeid, "db", "check"], ("Storage__ConnectionString", "Data Source=garbage.db")));
        Assert.NotEqual(0, check.ExitCode);
        Assert.DoesNotContain("   at ", check.Output + check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_is_migrated_once()
    {
        var start = ProgramRun.Start(folder.Path, "dotnet", [BuiltProgram.Tradeid, "db", "migrate"], ("Storage__ConnectionString", "Data Source=fresh.db"));
        var first = await ProgramRun.ExecuteAsync(start);
        Assert.Equal(0, first.ExitCode);
        Assert.NotEmpty(first.Output);
        var second = await ProgramRun.ExecuteAsync(start);
        Assert.Equal((0, ""), (second.ExitCode, second.Output));
    }

    private static List<JsonElement> Lines(ProgramRun run) =>
        [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(AuthorityFolder.Json)];
}
