using System.Diagnostics;
using SharpFuzz;
using TradeIdentity.Fuzz;

const ulong DefaultSeed = 20260301;

string? Option(string name) => args.SkipWhile(arg => arg != name).Skip(1).FirstOrDefault();

var targets = FuzzTargets.All();
if (args.Contains("--list"))
{
    Console.WriteLine(string.Join('\n', targets.Select(target => target.Name)));
    return 0;
}

if (Option("--libfuzzer") is { } libfuzzer)
{
    var target = targets.Single(target => target.Name == libfuzzer);
    Fuzzer.LibFuzzer.Run(input => target.Run(input.ToArray()));
    return 0;
}

if (Option("--afl") is { } afl)
{
    var target = targets.Single(target => target.Name == afl);
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        target.Run(input.ToArray());
    });
    return 0;
}

if (Option("--replay") is { } file && Option("--target") is { } replayed)
{
    targets.Single(target => target.Name == replayed).Run(File.ReadAllBytes(file));
    Console.WriteLine("No exception.");
    return 0;
}

if (!double.TryParse(Option("--seconds"), System.Globalization.CultureInfo.InvariantCulture, out var seconds))
{
    Console.Error.WriteLine("TradeIdentity.Fuzz --seconds N [--target NAME] [--seed N] | --list | --replay FILE --target NAME | --libfuzzer NAME | --afl NAME");
    return 2;
}

var seed = ulong.TryParse(Option("--seed"), out var given) ? given : DefaultSeed;
var chosen = Option("--target") is { } only ? [.. targets.Where(target => target.Name == only)] : targets;
var runs = chosen.Select(target => new BoundedRun(target, seed)).ToList();
runs.ForEach(run => run.Warm());

// In turns, so that each target has its share of the time.
const int InputsEachTurn = 50;
for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
{
    foreach (var run in runs)
    {
        for (var input = 0; input < InputsEachTurn && run.Next(); input++)
        {
        }
    }
}

foreach (var (target, run) in chosen.Zip(runs))
{
    Console.WriteLine($"{target.Name,-20} {run.Inputs,9} inputs  {target.Seeds.Count,4} seeds  {(run.Finding is null ? "ok" : "FAILED")}");
}

var findings = runs.Select(run => run.Finding).OfType<FuzzFinding>().ToList();
foreach (var finding in findings)
{
    var name = $"fuzz-{finding.Target}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(finding.Input))[..16]}.bin";
    File.WriteAllBytes(name, finding.Input);
    Console.WriteLine($"\n{finding.Target}: {finding.Problem}\n{name}: {Convert.ToHexString(finding.Input)}");
}

Console.WriteLine($"{runs.Sum(run => run.Inputs)} inputs, {findings.Count} findings.");
return findings.Count == 0 ? 0 : 1;
