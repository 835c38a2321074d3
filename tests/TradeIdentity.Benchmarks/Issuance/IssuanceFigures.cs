using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Status;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Trust;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Benchmarks.Issuance;

/// <summary>Bulk issuance, durable on SQLite: signed, verified, indexed, audited, committed; beside the bare signing of the same cores.</summary>
internal static class IssuanceFigures
{
    private const int Few = 10_000;
    private const int Many = 1_000_000;
    private const int Slices = 10;
    private const int Operators = 1000;

    internal static IEnumerable<Figure> Measure()
    {
        var folder = Directory.CreateTempSubdirectory("tradeidentity-benchmark-").FullName;
        try
        {
            return MeasureAsync(Path.Combine(folder, "ledger.db")).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<Figure>> MeasureAsync(string file)
    {
        await using var database = Value(DatabaseFactory.Open(new StorageOptions { ConnectionString = $"Data Source={file}" }));
        await DatabaseMigrator.MigrateAsync(database, CancellationToken.None);
        using var keys = new SigningKeys(database, TimeProvider.System, EncryptionKey(), new KeysOptions());
        Value(await keys.EnsureAsync(CancellationToken.None));
        await RegisterAsync(database);
        using var indexes = new StatusIndexAllocator(database, TimeProvider.System);
        var bundles = new PublishTrustBundle(database, keys, TimeProvider.System, Options.Create(Issuer()), Options.Create(new TrustOptions()));
        var issue = new IssueCredentials(new IssueBatch(
            database, new OperatorReader(ProgrammeCatalogue.Embedded), new MandateReader(database), keys, indexes, new CurrentTrust(bundles, keys), TimeProvider.System, Options.Create(Issuer())));

        await IssueAsync(issue, Few);
        var few = await IssueAsync(issue, Few);

        // In turns, so that a noisy neighbour slows both; the median of the pairs is the figure.
        var slices = new List<(double PerSecond, double PeakMegabytes, double Raw)>();
        for (var slice = 0; slice < Slices; slice++)
        {
            var raw = RawSignaturesPerSecond();
            var (perSecond, peak) = await IssueAsync(issue, Many / Slices);
            slices.Add((perSecond, peak, (raw + RawSignaturesPerSecond()) / 2));
        }

        var many = (PerSecond: Median(slices.Select(slice => slice.PerSecond)), PeakMegabytes: slices.Max(slice => slice.PeakMegabytes));
        return
        [
            Figure.AtLeast("issuance.ratio-to-raw-sign-hash", Median(slices.Select(slice => slice.PerSecond / slice.Raw)), "ratio", 0.12),
            Figure.Info("issuance.per-second", many.PerSecond, "credentials/s"),
            Figure.Info("issuance.per-second-of-the-first-10000", few.PerSecond, "credentials/s"),
            Figure.Info("issuance.raw-sign-hash-per-second-all-cores", Median(slices.Select(slice => slice.Raw)), "signatures/s"),
            Figure.AtMost("issuance.memory-of-1000000-to-10000", many.PeakMegabytes / few.PeakMegabytes, "ratio", 1.25),
            Figure.Info("issuance.peak-memory", many.PeakMegabytes, "MB"),
        ];
    }

    private static async Task<(double PerSecond, double PeakMegabytes)> IssueAsync(IssueCredentials issue, int count)
    {
        var start = Stopwatch.GetTimestamp();
        long issued = 0, peak = 0;
        await foreach (var outcome in issue.ExecuteAsync(RequestsAsync(count), "benchmark", CancellationToken.None))
        {
            _ = Value(outcome);
            if (++issued % 5000 == 0)
            {
                peak = Math.Max(peak, Environment.WorkingSet);
            }
        }

        return (issued / Stopwatch.GetElapsedTime(start).TotalSeconds, peak / 1e6);
    }

    private static async IAsyncEnumerable<Outcome<CredentialRequest>> RequestsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return new CredentialRequest(Tin.Parse(TinOf(i % Operators)), CredentialTypes.AeoStatus);
        }

        await Task.CompletedTask;
    }

    private static double RawSignaturesPerSecond()
    {
        var hash = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
        var until = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
        long signed = 0;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            long mine = 0;
            for (; Stopwatch.GetTimestamp() < until; mine++)
            {
                key.SignHash(hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            }

            Interlocked.Add(ref signed, mine);
        });
        return signed;
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered[ordered.Length / 2];
    }

    private static async Task RegisterAsync(Database database)
    {
        var lines = string.Join('\n', Enumerable.Range(0, Operators).Select(i =>
            $$$"""{"tin":"{{{TinOf(i)}}}","legalName":"Example Flower Exporters {{{i:D4}}} B.V.","jurisdiction":"NL","registeredAddress":{"street":"Voorbeeldkade 1","locality":"Rotterdam","postalCode":"3011 AA","country":"NL"},"roles":["IM","EX"],"aeo":[{"component":"AEOC","status":"granted","authorisationNumber":"NLAEOC{{{i:D8}}}","effectiveFrom":"2024-01-01"},{"component":"AEOS","status":"granted","authorisationNumber":"NLAEOS{{{i:D8}}}","effectiveFrom":"2024-01-01"}],"evidence":{"source":"invented"}}"""));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        var register = new RegisterOperators(database, TimeProvider.System, ProgrammeCatalogue.Embedded);
        await foreach (var result in register.ExecuteAsync(NdjsonLines.ReadAsync(stream, OperatorDocument.MaxBytes, CancellationToken.None), "benchmark", CancellationToken.None))
        {
            if (result.Outcome != ImportOutcome.Created)
            {
                throw new InvalidOperationException($"{result.Code}: {result.Detail}");
            }
        }
    }

    private static string TinOf(int number) => FormattableString.Invariant($"NL{number:D9}");

    private static IssuerOptions Issuer() => new()
    {
        BaseUrl = "https://identity.customs.example",
        Code = "NL-DOUANE",
        Country = "NL",
        Names = { ["en"] = "Customs Administration of the Netherlands" },
    };

    private static KeyEncryptionKey EncryptionKey() => Value(KeyEncryptionKey.Load(
        new KeysOptions { EncryptionKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyEncryptionKey.Length)) }, isDevelopment: false, ""));

    private static T Value<T>(Outcome<T> outcome)
        where T : notnull =>
        outcome.Match(value => value, refusal => throw new InvalidOperationException($"{refusal.Code}: {refusal.Detail}"));
}
