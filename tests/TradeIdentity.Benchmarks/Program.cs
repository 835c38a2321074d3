using System.Text.Json;
using TradeIdentity.Benchmarks;
using TradeIdentity.Benchmarks.Issuance;
using TradeIdentity.Benchmarks.OpenId;
using TradeIdentity.Benchmarks.Register;
using TradeIdentity.Benchmarks.Start;
using TradeIdentity.Benchmarks.Verification;

// A figure group is a class with `static IEnumerable<Figure> Measure()`; it is entered here under its name.
// The order is the order of measuring: one group at a time, so that none disturbs another.
(string Name, Func<IEnumerable<Figure>> Measure)[] groups =
[
    ("verification", VerificationFigures.Measure),
    ("start", StartFigures.Measure),
    ("issuance", IssuanceFigures.Measure),
    ("register", RegisterFigures.Measure),
    ("pages", PageFigures.Measure),
    ("token-endpoint", TokenEndpointFigures.Measure),
    ("pruning", PruningFigures.Measure),
    ("person", PersonFigures.Measure),
    ("token-table", TokenTableFigures.Measure),
];

if (args is not ["--figures", .. var wanted] || wanted.Any(name => groups.All(group => group.Name != name)))
{
    Console.Error.WriteLine("usage: TradeIdentity.Benchmarks --figures [GROUP…]");
    Console.Error.WriteLine($"groups: {string.Join(' ', groups.Select(group => group.Name))}");
    return 64;
}

List<Figure> figures = [];
foreach (var (name, measure) in groups.Where(group => wanted.Length == 0 || wanted.Contains(group.Name)))
{
    Console.Error.WriteLine($"measuring {name}");
    figures.AddRange(measure());
}

Console.WriteLine(JsonSerializer.Serialize(figures, FiguresJson.Default.ListFigure));
return figures.All(figure => figure.Ok is not false) ? 0 : 1;
