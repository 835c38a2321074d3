using System.Diagnostics.CodeAnalysis;
using TradeIdentity.Codecs.StatusLists;

namespace TradeIdentity.Verification.Trust;

/// <summary>What a delta changes in one list. Indexes ascend, and each is in one of the three at most.</summary>
public sealed record StatusListChange
{
    /// <summary>Number of the list.</summary>
    public required int List { get; init; }

    /// <summary>Now revoked.</summary>
    public required IReadOnlyList<int> Revoked { get; init; }

    /// <summary>Now suspended.</summary>
    public required IReadOnlyList<int> Suspended { get; init; }

    /// <summary>Valid again: a suspension was lifted.</summary>
    public required IReadOnlyList<int> Reinstated { get; init; }

    internal bool TryApply(StatusListBitmap statuses, [NotNullWhen(true)] out StatusListBitmap? updated)
    {
        updated = null;
        if (Suspended.Intersect(Reinstated).Any())
        {
            return false; // Which of the two it is now cannot be told; a revoked one is refused by the values below.
        }

        var copy = statuses.Clone();
        if (!TrySet(copy, Revoked, StatusValue.Revoked, [StatusValue.Valid, StatusValue.Suspended])
            || !TrySet(copy, Suspended, StatusValue.Suspended, [StatusValue.Valid, StatusValue.Suspended])
            || !TrySet(copy, Reinstated, StatusValue.Valid, [StatusValue.Suspended, StatusValue.Valid]))
        {
            return false;
        }

        updated = copy;
        return true;
    }

    // A revocation is for good: no delta takes it back, not even one that is signed.
    private static bool TrySet(StatusListBitmap statuses, IReadOnlyList<int> indexes, StatusValue value, ReadOnlySpan<StatusValue> from)
    {
        foreach (var index in indexes)
        {
            if (index >= statuses.Count || !from.Contains((StatusValue)statuses.Get(index)))
            {
                return false;
            }

            statuses.Set(index, (int)value);
        }

        return true;
    }
}
