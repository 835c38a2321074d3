namespace TradeIdentity.Benchmarks;

/// <summary>One measured number, beside what was asked of it.</summary>
/// <param name="Name">Dotted, stable: <c>token-endpoint.ratio-to-stock</c>.</param>
/// <param name="Value">The measurement, in <paramref name="Unit"/>.</param>
/// <param name="Unit">E.g. <c>ratio</c>, <c>requests/s</c>, <c>bytes</c>, <c>ns</c>.</param>
/// <param name="Asked">The bound that was asked, e.g. <c>at least 10</c>; null for a number that only explains another.</param>
/// <param name="Ok">Whether the bound holds; null where none was asked.</param>
public sealed record Figure(string Name, double Value, string Unit, string? Asked, bool? Ok)
{
    public static Figure AtLeast(string name, double value, string unit, double bound) =>
        new(name, value, unit, FormattableString.Invariant($"at least {bound}"), value >= bound);

    public static Figure AtMost(string name, double value, string unit, double bound) =>
        new(name, value, unit, FormattableString.Invariant($"at most {bound}"), value <= bound);

    public static Figure Info(string name, double value, string unit) => new(name, value, unit, null, null);
}
