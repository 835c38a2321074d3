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
        var copy = statuses.Clone();
        if (!TrySet(copy, Revoked, StatusValue.Revoked)
            || !TrySet(copy, Suspended, StatusValue.Suspended)
            || !TrySet(copy, Reinstated, StatusValue.Valid))
        {
            return false;
        }

        updated = copy;
        return true;
    }

    private static bool TrySet(StatusListBitmap statuses, IReadOnlyList<int> indexes, StatusValue value)
    {
        foreach (var index in indexes)
        {
            if (index >= statuses.Count)
            {
                return false;
            }

            statuses.Set(index, (int)value);
        }

        return true;
    }
}
