using TradeIdentity.Codecs.StatusLists;

namespace TradeIdentity.Verification.Trust;

/// <summary>The status of every index of one list at one time.</summary>
public sealed record StatusSnapshot
{
    /// <summary>Code of the issuer whose list it is.</summary>
    public required string Issuer { get; init; }

    /// <summary>Number of the list.</summary>
    public required int List { get; init; }

    /// <summary>Where the same list is published as a Token Status List.</summary>
    public required string Uri { get; init; }

    /// <summary>The time of which the statuses are.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Two bits an index; see <see cref="StatusValue"/>.</summary>
    public required StatusListBitmap Statuses { get; init; }
}
