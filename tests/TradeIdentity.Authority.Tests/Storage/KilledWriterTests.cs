using System.Diagnostics;
using System.Globalization;
using Dapper;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

public sealed class KilledWriterTests(SqliteLedger ledger) : IClassFixture<SqliteLedger>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_killed_between_commits_leaves_whole_acts_and_all_that_it_answered()
    {
        // The test starts this program again to run this test, which then is the writer.
        if (Environment.GetEnvironmentVariable(KilledWriter.Variable) is { Length: > 0 } connectionString)
        {
            await KilledWriter.WriteAsync(connectionString, Cancellation);
        }

        var database = (SqliteDatabase)await ledger.NewAsync();
        await database.WriteAsync(tx => tx.ExecuteAsync("CREATE TABLE halves (act BIGINT, half BIGINT, PRIMARY KEY (act, half))"), Cancellation);
        await database.DisposeAsync();

        var answered = await RunAndKillAsync(database.FilePath, afterActs: 300);

        var again = ledger.OpenAgain(database);
        var stored = await again.ReadAsync(async db => (await db.QueryAsync<(long Act, long Halves)>("SELECT act, COUNT(*) FROM halves GROUP BY act")).AsList(), Cancellation);
        Assert.All(stored, act => Assert.Equal(2, act.Halves));
        Assert.Empty(answered.Except(stored.Select(act => act.Act)));
        Assert.Equal(stored.Count, Assert.IsType<AuditVerification.Intact>(await AuditTrail.VerifyAsync(again, null, Cancellation)).Entries);
        Assert.Empty(await DatabaseCheck.RunAsync(again, Cancellation));
    }

    private static async Task<List<long>> RunAndKillAsync(string file, int afterActs)
    {
        var program = Path.ChangeExtension(typeof(KilledWriter).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        string[] arguments = ["--filter-method", $"*.{nameof(A_process_killed_between_commits_leaves_whole_acts_and_all_that_it_answered)}"];
        using var writer = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            // What it leaves behind in the temporary folder goes with the folder of the database.
            Environment = { [KilledWriter.Variable] = $"Data Source={file}", ["TMPDIR"] = Path.GetDirectoryName(file) },
        })!;
        var answered = new List<long>();
        try
        {
            while (answered.Count < afterActs && await writer.StandardOutput.ReadLineAsync(Cancellation) is { } line)
            {
                // The test platform writes lines of its own.
                if (line.StartsWith(KilledWriter.Answered, StringComparison.Ordinal))
                {
                    answered.Add(long.Parse(line.AsSpan(KilledWriter.Answered.Length), CultureInfo.InvariantCulture));
                }
            }
        }
        finally
        {
            writer.Kill();
        }

        await writer.WaitForExitAsync(Cancellation);
        Assert.Equal(afterActs, answered.Count);
        return answered;
    }
}
