using System.Diagnostics;
using System.Security.Cryptography;
using QRCoder;
using TradeIdentity.Verification;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Benchmarks.Verification;

/// <summary>Offline verification from QR text to verdict, trust and status included, beside the bare signature check.</summary>
internal static class VerificationFigures
{
    private const int BlockOperations = 1024;
    private const int Rounds = 40;

    internal static IEnumerable<Figure> Measure()
    {
        var world = new SignedWorld();
        var (key, hashes, signatures) = world.Raw();
        var (keyOfSecondThread, _, _) = world.Raw();
        Action<int> RawWith(ECDsa own) => i => Require(own.VerifyHash(hashes[i % SignedWorld.Tokens], signatures[i % SignedWorld.Tokens], DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        var raw = RawWith(key);
        Action<int> full = i => Require(OfflineVerifier.Verify(world.Texts[i % SignedWorld.Tokens], world.Bundle, SignedWorld.Now) is Verdict.Accepted);

        // In turns, so that a noisy neighbour slows both; the median of the pairs is the figure.
        Block(raw);
        Block(full);
        var pairs = Enumerable.Range(0, Rounds).Select(_ => (Raw: Block(raw), Full: Block(full))).ToArray();
        yield return Figure.AtLeast("verification.ratio-to-raw-verify-hash", Median(pairs.Select(pair => pair.Raw / pair.Full)), "ratio", 0.92);
        yield return Figure.Info("verification.per-second-one-core", BlockOperations / Median(pairs.Select(pair => pair.Full)), "verifications/s");

        // Bare signature checks share nothing between threads: what they lack of 2 is the machine's, not the verifier's.
        var scaling = Enumerable.Range(0, Rounds / 2).Select(_ => (
            Full: Block(full) * 2 / OnTwoCores(full, full), Raw: Block(raw) * 2 / OnTwoCores(raw, RawWith(keyOfSecondThread)))).ToArray();
        yield return Figure.AtLeast("verification.two-cores-to-one", Median(scaling.Select(pair => pair.Full)), "ratio", 1.9);
        yield return Figure.Info("verification.raw-two-cores-to-one", Median(scaling.Select(pair => pair.Raw)), "ratio");

        var before = GC.GetAllocatedBytesForCurrentThread();
        Block(full);
        yield return Figure.AtMost("verification.allocated", (GC.GetAllocatedBytesForCurrentThread() - before) / (double)BlockOperations, "bytes", 4096);

        yield return Figure.AtMost("status.lookup", Lookup(world), "ns", 100);
        yield return Figure.AtMost("status.ten-million-indexes", world.Statuses.Bytes.Length, "bytes", 2_500_000);

        yield return Figure.AtMost("credential.aeo-cose", world.Messages[0].Length, "bytes", 335);
        using var code = QRCodeGenerator.GenerateQrCode(world.Texts[0], QRCodeGenerator.ECCLevel.M);
        yield return Figure.AtMost("credential.aeo-qr-version-at-m", code.Version, "version", 14);
    }

    private static double Block(Action<int> operation)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < BlockOperations; i++)
        {
            operation(i);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // The time in which two threads do a block each.
    private static double OnTwoCores(params Action<int>[] operations)
    {
        using var begin = new Barrier(3);
        using var end = new Barrier(3);
        foreach (var operation in operations)
        {
            new Thread(() =>
            {
                begin.SignalAndWait();
                Block(operation);
                end.SignalAndWait();
            }).Start();
        }

        begin.SignalAndWait();
        var start = Stopwatch.GetTimestamp();
        end.SignalAndWait();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Lookup(SignedWorld world)
    {
        const int Lookups = 5_000_000;
        var indexes = new int[1 << 16];
        for (var i = 0; i < indexes.Length; i++)
        {
            indexes[i] = RandomNumberGenerator.GetInt32(SignedWorld.Indexes);
        }

        var sum = 0;
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Lookups; i++)
            {
                sum += world.Statuses.Get(indexes[i & (indexes.Length - 1)]);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Lookups);
        }

        Require(sum > 0);
        return best;
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered[ordered.Length / 2];
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("What is measured does not work.");
        }
    }
}
