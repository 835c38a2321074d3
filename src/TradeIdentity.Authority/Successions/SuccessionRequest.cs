using System.Collections.Immutable;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Successions;

/// <summary>What an officer proposes.</summary>
public sealed record SuccessionRequest(SuccessionKind Kind, ImmutableArray<Tin> Predecessors, ImmutableArray<Tin> Successors, DateOnly EffectiveOn, string LegalGround)
{
    /// <summary>Most predecessors of a merger, and most successors of a division: what a trust bundle takes.</summary>
    public const int MostParties = 10;

    public const int MaxLegalGround = 2000;

    // Where it is latest, it is already the day after the one of UTC.
    private static readonly TimeSpan EarliestZone = TimeSpan.FromHours(14);

    /// <summary>Why it can be of no operators at all; null: it can.</summary>
    internal Refusal? Refuse(DateTimeOffset now)
    {
        var (mostBefore, mostAfter) = Kind switch
        {
            SuccessionKind.Merged => (MostParties, 1),
            SuccessionKind.Divided => (1, MostParties),
            _ => (1, 1),
        };
        if (Kind == SuccessionKind.Renamed)
        {
            return new Refusal("succession_invalid", "A new name is a change of the operator that a registrar confirms, and no succession.");
        }

        if (Predecessors.Length < 1 || Predecessors.Length > mostBefore || Successors.Length < 1 || Successors.Length > mostAfter)
        {
            return new Refusal("succession_invalid", $"An operator that is {Kind.ToCode()}: 1 to {mostBefore} predecessors and 1 to {mostAfter} successors.");
        }

        if (Predecessors.Concat(Successors).Distinct().Count() != Predecessors.Length + Successors.Length)
        {
            return new Refusal("succession_invalid", "Each operator is named once: nobody succeeds to themselves.");
        }

        if (EffectiveOn > DateOnly.FromDateTime((now + EarliestZone).UtcDateTime))
        {
            return new Refusal("succession_date_in_future", "A succession is decided when its day has come: credentials end with the decision.");
        }

        return null;
    }
}
