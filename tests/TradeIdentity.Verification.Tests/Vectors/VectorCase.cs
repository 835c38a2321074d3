using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Verification.Tests.Vectors;

/// <summary>One published vector as it is made: what a post has and reads, and the answer that is right, in words of this table and not of the verifier.</summary>
/// <param name="Name">Stable: what reports of other implementations name.</param>
/// <param name="About">Why it is so, in a sentence.</param>
/// <param name="Text">What the scanner read.</param>
/// <param name="Verdict"><c>accepted</c>, or the kind and the reason code.</param>
internal sealed record VectorCase(string Name, string About, string Text, string Verdict)
{
    /// <summary>The bundle file in hand, and a name for it.</summary>
    public required (string Name, byte[] File) Bundle { get; init; }

    public DateTimeOffset At { get; init; } = TestIssuer.Now;

    public VerificationPolicy Policy { get; init; } = VerificationPolicy.Default;

    /// <summary>The highest sequence that the post ever took.</summary>
    public long NewestSequence { get; init; }
}

/// <summary>A delta on a bundle file: refused, or with a sequence and the verdict on a text after it.</summary>
/// <param name="Name">Stable.</param>
/// <param name="About">Why it is so.</param>
/// <param name="Delta">The signed delta.</param>
/// <param name="Failure"><see cref="BundleFailure.None"/>: it is taken.</param>
internal sealed record DeltaCase(string Name, string About, byte[] Delta, BundleFailure Failure)
{
    public required (string Name, byte[] File) Bundle { get; init; }

    /// <summary>Where it is taken: texts that are read after it, with the answers that are right an hour later.</summary>
    public IReadOnlyList<(string Text, string Verdict)> After { get; init; } = [];
}
