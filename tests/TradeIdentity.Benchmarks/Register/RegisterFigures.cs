using System.Diagnostics;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Benchmarks.Storage;

namespace TradeIdentity.Benchmarks.Register;

/// <summary>
/// A register of 1,000,000 operators: how long the server works for what an officer's page shows. Asked: no page takes longer than 100 ms. Each
/// figure is the slowest but one of a hundred different questions, after each kind was asked once.
/// </summary>
internal static class RegisterFigures
{
    private const int Operators = 1_000_000;

    private const int Questions = 100;

    private const double LongestPage = 100;

    public static IEnumerable<Figure> Measure() => BothDatabases.MeasureAsync(MeasureAsync).GetAwaiter().GetResult();

    private static async Task<IEnumerable<Figure>> MeasureAsync(string name, Database database)
    {
        var start = Stopwatch.GetTimestamp();
        await InventedCompanies.ImportAsync(database, Operators);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var found = 0;
        var find = new FindOperators(database, ProgrammeCatalogue.Embedded);
        var get = new GetOperator(database, ProgrammeCatalogue.Embedded);
        var lookalikes = new FindLookalikes(database);
        (string Kind, Func<int, Task> Ask)[] kinds =
        [
            ("number", i => FindAsync(InventedCompanies.Tin(i))),
            ("beginning-of-a-number", i => FindAsync(InventedCompanies.Tin(i)[..6])),
            ("name", i => FindNamedAsync(i, InventedCompanies.Name(i))),
            ("name-with-two-letters-wrong", i => FindNamedAsync(i, Misspelt(InventedCompanies.Name(i)))),
            ("rare-word-with-a-letter-wrong", i => FindAsync(Misspelt(InventedCompanies.Name(i).Split(' ')[0]))),
            ("common-word", i => FindAsync(InventedCompanies.Name(i).Split(' ')[2])),
            ("common-word-with-a-letter-wrong", i => FindAsync(Misspelt(InventedCompanies.Name(i).Split(' ')[2]))),
            ("nothing-like-it", i => FindAsync($"Xylq{i} Wvuz")),
            ("page-of-all", async i => Value(await find.ExecuteAsync(null, Cursor(i), null, CancellationToken.None))),
            ("company", async i => await lookalikes.OfAsync(Value(await get.ExecuteAsync(Tin.Parse(InventedCompanies.Tin(i)), CancellationToken.None)), CancellationToken.None)),
        ];
        var figures = new List<Figure> { Figure.Info($"register.{name}.import", Operators / seconds, "operators/s") };
        foreach (var (kind, ask) in kinds)
        {
            await ask(1);
            found = 0;
            var waits = new List<double>();
            for (var i = 0; i < Questions; i++)
            {
                var asked = Stopwatch.GetTimestamp();
                await ask((int)((i + 1) * 9973L % Operators));
                waits.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            waits.Sort();
            figures.Add(Figure.AtMost($"register.{name}.{kind}", waits[^2], "ms", LongestPage));
            figures.Add(Figure.Info($"register.{name}.{kind}.median", waits[waits.Count / 2], "ms"));
            if (found > 0)
            {
                figures.Add(Figure.AtLeast($"register.{name}.{kind}.found", found / (double)Questions, "share", 0.95));
            }
        }

        return figures;

        async Task FindNamedAsync(int i, string query) => found += Value(await find.ExecuteAsync(query, null, null, CancellationToken.None)).Operators.Any(each => each.Tin.Value == InventedCompanies.Tin(i)) ? 1 : 0;

        async Task FindAsync(string query) => Value(await find.ExecuteAsync(query, null, null, CancellationToken.None));
    }

    // Two letters of the first word change places, and the second has one too few.
    private static string Misspelt(string name)
    {
        var words = name.Split(' ');
        words[0] = $"{words[0][..3]}{words[0][4]}{words[0][3]}{words[0][5..]}";
        if (words.Length > 1)
        {
            words[1] = words[1].Remove(4, 1);
        }

        return string.Join(' ', words);
    }

    private static string Cursor(int after) => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.ASCII.GetBytes(InventedCompanies.Tin(after)));

    private static T Value<T>(Outcome<T> outcome)
        where T : notnull =>
        outcome.Match(value => value, refusal => throw new InvalidOperationException($"{refusal.Code}: {refusal.Detail}"));
}
