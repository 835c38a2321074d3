using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Successions;

/// <summary>The codes that go over the wire: the names of the kinds in lower case.</summary>
public static class SuccessionCodes
{
    public static string ToCode(this SuccessionKind kind) => kind switch
    {
        SuccessionKind.Merged => "merged",
        SuccessionKind.Divided => "divided",
        SuccessionKind.Renumbered => "renumbered",
        SuccessionKind.Renamed => "renamed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static SuccessionKind? Find(string? code) => code switch
    {
        "merged" => SuccessionKind.Merged,
        "divided" => SuccessionKind.Divided,
        "renumbered" => SuccessionKind.Renumbered,
        "renamed" => SuccessionKind.Renamed,
        _ => null,
    };
}
