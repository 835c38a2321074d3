using System.Globalization;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

/// <summary>What the process does that <see cref="KilledWriterTests"/> starts and kills.</summary>
internal static class KilledWriter
{
    public const string Variable = "TRADEIDENTITY_TEST_WRITE_UNTIL_KILLED";
    public const string Answered = "answered ";

    public static async Task WriteAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var database = new SqliteDatabase(connectionString);
        await using var output = Console.OpenStandardOutput();
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, int.MaxValue, options, async (i, cancellation) =>
        {
            await database.WriteAsync(
                async tx =>
                {
                    await tx.ExecuteAsync("INSERT INTO halves (act, half) VALUES (@i, 1)", new { i });
                    await tx.ExecuteAsync("INSERT INTO halves (act, half) VALUES (@i, 2)", new { i });
                    await AuditTrail.AppendAsync(tx, DateTimeOffset.UnixEpoch, new AuditRecord("system", "tested", $"{i}", "{}"));
                    return 0;
                },
                cancellation);
            // One write a line, so that lines of two threads do not mix.
            output.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Answered}{i}\n")));
        });
    }
}
