using System.Diagnostics;

namespace TradeIdentity.Fuzz;

/// <summary>Runs a target over damaged seeds and holds it to its promises.</summary>
public sealed class BoundedRun(FuzzTarget target, ulong seed)
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(1);

    private readonly Mutator _mutator = new(new Xoshiro(seed));

    /// <summary>How many inputs were run.</summary>
    public long Inputs { get; private set; }

    /// <summary>The first input that broke a promise, and how; null while there is none.</summary>
    public FuzzFinding? Finding { get; private set; }

    /// <summary>Runs the seeds as they are: what is compiled and made once is made here, and not on an input's account.</summary>
    public void Warm()
    {
        foreach (var input in target.Seeds.Append([]))
        {
            Check(input);
        }
    }

    /// <summary>Runs one more input; false once there is a finding.</summary>
    public bool Next()
    {
        if (Finding is null)
        {
            Check(_mutator.Mutate(target.Seeds));
        }

        return Finding is null;
    }

    private void Check(byte[] input)
    {
        Inputs++;
        var (problem, allocated, time) = Measure(input);

        // What is slow or large once may be the machine's doing; thrice it is the input's.
        for (var again = 0; again < 2 && problem is null && (allocated > target.MaxAllocatedBytes || time > MaxTime); again++)
        {
            (problem, allocated, time) = Measure(input);
        }

        problem ??= allocated > target.MaxAllocatedBytes ? $"allocated {allocated} bytes, allowed {target.MaxAllocatedBytes}" : null;
        problem ??= time > MaxTime ? $"took {time}" : null;
        Finding ??= problem is null ? null : new FuzzFinding(target.Name, input, problem);
    }

    private (string? Problem, long Allocated, TimeSpan Time) Measure(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        string? problem = null;
        try
        {
            target.Run(input);
        }
        catch (Exception thrown)
        {
            // Here every exception is the finding: the promise under test is that there is none.
            problem = thrown.ToString();
        }

        return (problem, GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(start));
    }
}
