using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using static TradeIdentity.Authority.Aeo.AeoStatus;

namespace TradeIdentity.Tests.Aeo;

/// <summary>
/// A random walk through the life of AEO components, until every way that the holder or officers can take was taken once; on a screen or over
/// the API. At each state it looks at what is offered, and tries an act that is not.
/// </summary>
internal abstract class AeoTour(IServiceProvider services, int seed)
{
    protected const string Programme = "EU-AEO";
    protected const string Component = "AEOC";

    private const int MostOperators = 60;

    // What an import can leave an operator with, and the walk then begins with.
    private static readonly ImmutableArray<AeoStatus?> Beginnings = [null, Granted, Suspended, Revoked, Relinquished, Expired, Superseded];

    private static readonly ImmutableArray<AeoTransition> Ways = [.. AeoLifecycle.Transitions.Where(way => way.IsAct)];

    // Seeded: a walk can be walked again.
    private readonly PCG _random = new(1, (uint)seed);

    private readonly HashSet<AeoTransition> _left = [.. Ways];
    private readonly HashSet<AeoStatus> _triedAt = [];

    protected string Tin { get; private set; } = "";

    public async Task WalkAsync()
    {
        for (var number = 1; _left.Count > 0; number++)
        {
            Assert.True(number <= MostOperators, $"Seed {seed}: nobody came to {string.Join(", ", _left)}.");
            Tin = $"NLTOUR{seed % 1000:D3}X{number:D3}";
            var nearest = Beginnings.Min(state => Distance(state, false));
            var beginning = Any(Beginnings.Where(state => Distance(state, false) == nearest));
            await RegisterAsync(beginning);
            await BeginAsync();
            await WalkFromAsync(beginning);
        }
    }

    /// <summary>The operator is registered: somebody acts for it.</summary>
    protected abstract Task BeginAsync();

    /// <summary>What the officer, and the holder, see of the component.</summary>
    protected abstract Task<Seen> LookAsync();

    /// <summary>Takes an act; of two officers, both do their part.</summary>
    protected abstract Task TakeAsync(AeoAct act, bool asHolder, bool takesTwo);

    /// <summary>An officer tries it and is told that it is not possible.</summary>
    protected abstract Task IsRefusedAsync(AeoAct act);

    private async Task WalkFromAsync(AeoStatus? state)
    {
        var (steps, isMarked) = (state is null ? 0 : 1, false);
        while (true)
        {
            var ways = Ways.Where(way => way.From == state && IsPossible(way, isMarked)).ToList();
            IsAsExpected(await LookAsync(), state, steps, ways);
            if (state is { } status && _triedAt.Add(status))
            {
                await IsRefusedAsync(Any(Enum.GetValues<AeoAct>().Where(act => Ways.Any(way => way.Act == act && (way.By & AeoDecider.Holder) == 0) && ways.All(way => way.Act != act))));
            }

            // What is nearer for another operator is left to another.
            var distance = Distance(state, isMarked);
            if (distance == int.MaxValue || distance > Beginnings.Min(each => Distance(each, false)) + 1)
            {
                return;
            }

            var way = Any(ways.Where(way => distance == 0 ? _left.Contains(way) : Distance(way.To, IsMarkedAfter(way, isMarked)) < distance));
            var asHolder = way.By.HasFlag(AeoDecider.Holder) && ((way.By & ~AeoDecider.Holder & (AeoDecider.Officer | AeoDecider.TwoOfficers)) == 0 || Any([true, false]));
            await TakeAsync(way.Act, asHolder, way.TakesTwoOfficers);
            _left.Remove(way);
            (state, steps) = (way.To, steps + 1);
            isMarked = IsMarkedAfter(way, isMarked);
            if (state == Revoked)
            {
                // For three years nothing leads from it.
                IsAsExpected(await LookAsync(), state, steps, [.. Ways.Where(each => each.From == Revoked && !each.By.HasFlag(AeoDecider.Holder))]);
                await IsRefusedAsync(AeoAct.Open);
                return;
            }
        }
    }

    private void IsAsExpected(Seen seen, AeoStatus? state, int steps, IReadOnlyCollection<AeoTransition> ways)
    {
        var where = $"Seed {seed}, {Tin}";
        Assert.True((state, steps) == (seen.Status, seen.Steps), $"{where}: {state} after {steps} steps, and {seen.Status} after {seen.Steps} was seen.");
        AreOffered(AeoDecider.Holder, seen.HoldersActs);
        AreOffered(AeoDecider.Officer | AeoDecider.TwoOfficers, seen.OfficersActs);

        void AreOffered(AeoDecider deciders, IReadOnlyCollection<AeoAct>? offered) => Assert.Equal(
            (where, offered is null ? null : string.Join(' ', ways.Where(way => (way.By & deciders) != 0).Select(way => way.Act).Order())),
            (where, offered is null ? null : string.Join(' ', offered.Order())));
    }

    /// <summary>How many acts lead from a state to one from which a way is left; <see cref="int.MaxValue"/>: none do.</summary>
    private int Distance(AeoStatus? state, bool isMarked)
    {
        HashSet<(AeoStatus?, bool)> seen = [(state, isMarked)];
        Queue<(AeoStatus? State, bool IsMarked, int Distance)> open = new([(state, isMarked, 0)]);
        while (open.TryDequeue(out var at))
        {
            foreach (var way in Ways.Where(way => way.From == at.State && IsPossible(way, at.IsMarked)))
            {
                if (_left.Contains(way))
                {
                    return at.Distance;
                }

                var to = (way.To, IsMarkedAfter(way, at.IsMarked));
                // Nothing leads on from what was revoked just now.
                if (way.To != Revoked && seen.Add(to))
                {
                    open.Enqueue((to.To, to.Item2, at.Distance + 1));
                }
            }
        }

        return int.MaxValue;
    }

    // An application is prolonged once, and what is held is assessed anew once at a time: the mark stands for either.
    private static bool IsPossible(AeoTransition way, bool isMarked) => way.Act switch
    {
        AeoAct.Extend or AeoAct.Reassess => !isMarked,
        AeoAct.Uphold => isMarked,
        _ => true,
    };

    private static bool IsMarkedAfter(AeoTransition way, bool isMarked) =>
        way.Act is AeoAct.Extend or AeoAct.Reassess
        || (isMarked && way.Act != AeoAct.Uphold && (AeoLifecycle.IsRunning(way.To) || (AeoLifecycle.IsHeld(way.From) && AeoLifecycle.IsHeld(way.To))));

    private T Any<T>(IEnumerable<T> choices)
    {
        T[] all = [.. choices];
        return all[_random.Next((uint)all.Length)];
    }

    // Long ago: what bars an application for three years bars none any more.
    private async Task RegisterAsync(AeoStatus? status)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var ground = status == Suspended ? ""","ground":"suspected" """ : "";
        var aeo = status is { } held ? $$"""{"component":"{{Component}}","status":"{{held.ToCode()}}"{{ground}},"authorisationNumber":"{{Tin}}","effectiveFrom":"2020-01-01"}""" : "";
        var line = $$$"""{"tin":"{{{Tin}}}","legalName":"Example of {{{Tin}}} B.V.","jurisdiction":"NL","roles":["IM"],"aeo":[{{{aeo}}}],"evidence":{"source":"test"}}""";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(line));
        await foreach (var result in services.GetRequiredService<RegisterOperators>().ExecuteAsync(NdjsonLines.ReadAsync(stream, OperatorDocument.MaxBytes, cancellation), "tester", cancellation))
        {
            Assert.True(result.Outcome == ImportOutcome.Created, $"{result.Code}: {result.Detail}");
        }
    }

    /// <param name="Status">Null: the operator never had the component.</param>
    /// <param name="Steps">As many as its history tells.</param>
    /// <param name="OfficersActs">What officers are offered; null where it is not told.</param>
    /// <param name="HoldersActs">What the holder is offered; null likewise.</param>
    protected sealed record Seen(AeoStatus? Status, int Steps, IReadOnlyCollection<AeoAct>? OfficersActs, IReadOnlyCollection<AeoAct>? HoldersActs);
}
