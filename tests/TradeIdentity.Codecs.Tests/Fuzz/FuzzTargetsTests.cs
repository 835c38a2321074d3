using TradeIdentity.Codecs.Envelopes;
using TradeIdentity.Fuzz;
using TradeIdentity.Verification;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Codecs.Tests.Fuzz;

/// <summary>A few hundred inputs of each target in every test run; the minute of it is a step of its own.</summary>
public class FuzzTargetsTests
{
    private const int Inputs = 300;

    private static readonly IReadOnlyList<FuzzTarget> Targets = FuzzTargets.All();

    public static TheoryData<string> Names => [.. Targets.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Keeps_its_promises(string name)
    {
        var run = new BoundedRun(Targets.Single(target => target.Name == name), seed: 1);
        run.Warm();
        for (var input = 0; input < Inputs && run.Next(); input++)
        {
        }

        Assert.True(run.Finding is null, $"{run.Finding?.Problem}\n{Convert.ToHexString(run.Finding?.Input ?? [])}");
        Assert.True(run.Inputs > Inputs);
    }

    /// <summary>What fuzzing found once stays found: the target, and the input that broke its promise.</summary>
    [Theory]
    [InlineData("anchor", "7B22F97276223A22502D323536227D")] // threw on a name that is no UTF-8
    [InlineData("anchor", "7B22637276223A225C7564383030227D")] // and on half of a surrogate pair
    public void Keeps_its_promises_where_it_once_broke_them(string name, string hex)
    {
        var run = new BoundedRun(Targets.Single(target => target.Name == name) with { Seeds = [Convert.FromHexString(hex)] }, seed: 1);
        run.Warm();
        Assert.Null(run.Finding?.Problem);
    }

    [Fact]
    public void Finds_an_exception_a_flood_and_a_broken_promise()
    {
        Assert.Contains("DivideByZero", Finding(input => GC.KeepAlive(1 / input.Length)).Problem, StringComparison.Ordinal);
        Assert.Contains("allocated", Finding(_ => GC.KeepAlive(new byte[5000])).Problem, StringComparison.Ordinal);
        Assert.Contains("another", Finding(_ => throw new BrokenPromiseException("another")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Damages_seeds_alike_in_every_run()
    {
        byte[][] seeds = [[1, 2, 3, 4, 5, 6, 7, 8], [9, 10, 11]];
        var one = new Mutator(new Xoshiro(7));
        var other = new Mutator(new Xoshiro(7));
        var mutants = Enumerable.Range(0, 200).Select(_ => one.Mutate(seeds)).ToList();
        Assert.Equal(mutants, Enumerable.Range(0, 200).Select(_ => other.Mutate(seeds)));
        Assert.True(mutants.Select(Convert.ToHexString).Distinct().Count() > 150);
    }

    [Fact]
    public void Starts_from_seeds_that_are_accepted()
    {
        var own = new OwnSeeds();
        Assert.Equal(EnvelopeFailure.None, HcertEnvelope.Decode(FuzzTargets.Text(own.HcertText), out _));
        Assert.Equal(EnvelopeFailure.None, Claim169Envelope.Decode(FuzzTargets.Text(own.Claim169Text), [], out _));
        Assert.IsType<Verdict.Accepted>(OfflineVerifier.Verify(FuzzTargets.Text(own.CredentialText), own.Bundle, OwnSeeds.Now));
    }

    private static FuzzFinding Finding(Action<byte[]> decoder)
    {
        var run = new BoundedRun(new FuzzTarget("broken", decoder, 1000, [[1]]), 1);
        run.Warm();
        return Assert.IsType<FuzzFinding>(run.Finding);
    }
}
