using Microsoft.Data.Sqlite;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Cli.Tests.Authority;

[Collection(InOneFolder.Name)]
public sealed class AuditCommandTests(AuthorityFolder folder)
{
    [Fact]
    public async Task An_intact_trail_gives_a_head_that_a_longer_trail_still_proves()
    {
        var run = await folder.RunAsync("audit", "verify", "--json");
        Assert.Equal(0, run.ExitCode);
        var verified = AuthorityFolder.Json(run.Output);
        Assert.True(verified.GetProperty("intact").GetBoolean());
        Assert.True(verified.GetProperty("entries").GetInt64() >= 5);
        var head = verified.GetProperty("head").GetString()!;
        Assert.Equal(0, (await folder.RunAsync("issue", "--tin", AuthorityFolder.Tin, "--type", "AeoStatus")).ExitCode);
        Assert.Equal(0, (await folder.RunAsync("audit", "verify", "--head", head)).ExitCode);
        Assert.Equal(1, (await folder.RunAsync("audit", "verify", "--head", $"999999:{head.Split(':')[1]}")).ExitCode);
        Assert.Equal(1, (await folder.RunAsync("audit", "verify", "--head", "yesterday")).ExitCode);
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET actor = 'somebody-else' WHERE sequence = 3", 3, "changed")]
    [InlineData("UPDATE audit_entries SET details = '{}' WHERE sequence = 3", 3, "changed")]
    [InlineData("DELETE FROM audit_entries WHERE sequence = 3", 3, "missing")]
    public async Task A_row_changed_behind_its_back_is_found(string change, int sequence, string fault)
    {
        File.Delete(folder.In("tampered.db"));
        Assert.Equal(0, (await folder.RunAsync("db", "backup", "tampered.db")).ExitCode);
        await using (var connection = new SqliteConnection($"Data Source={folder.In("tampered.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(connection, change));
            await ExecuteAsync(connection, "DROP TRIGGER audit_entries_update_refused; DROP TRIGGER audit_entries_delete_refused");
            await ExecuteAsync(connection, change);
        }

        var run = await ProgramRun.ExecuteAsync(ProgramRun.Start(
            folder.Path, "dotnet", [BuiltProgram.Tradeid, "audit", "verify", "--json"], ("Storage__ConnectionString", "Data Source=tampered.db")));
        Assert.Equal(1, run.ExitCode);
        var verified = AuthorityFolder.Json(run.Output);
        Assert.False(verified.GetProperty("intact").GetBoolean());
        Assert.Equal((sequence, fault), (verified.GetProperty("brokenAt").GetInt32(), verified.GetProperty("fault").GetString()));
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
