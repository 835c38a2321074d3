namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>How long each answer of a turn took, and the turn.</summary>
internal sealed record Pace(double[] Milliseconds, TimeSpan Turn)
{
    public double PerSecond => Milliseconds.Length / Turn.TotalSeconds;

    /// <summary>The longest of one in a hundred, in terms of the middle one.</summary>
    public double TailToMiddle => At(0.99) / At(0.5);

    /// <summary>The middle of turns.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private double At(double share)
    {
        Array.Sort(Milliseconds);
        return Milliseconds[(int)((Milliseconds.Length - 1) * share)];
    }
}
