namespace TradeIdentity.Authority.Mandates;

/// <summary>The words of mandates, as the API and the audit trail write them. Published, and never renamed.</summary>
public static class MandateCodes
{
    public static string ToCode(this MandateKind kind) => kind switch
    {
        MandateKind.Direct => "direct",
        MandateKind.Indirect => "indirect",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string ToCode(this MandateState state) => state switch
    {
        MandateState.Offered => "offered",
        MandateState.Accepted => "accepted",
        MandateState.Declined => "declined",
        MandateState.Revoked => "revoked",
        MandateState.Renounced => "renounced",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>Why a mandate does not hold.</summary>
    public static string ToCode(this MandateFault fault) => fault switch
    {
        MandateFault.NotAccepted => "not_accepted",
        MandateFault.NotYet => "not_yet",
        MandateFault.Expired => "expired",
        MandateFault.Ended => "ended",
        MandateFault.Broken => "broken",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    public static MandateKind? FindKind(string code) => code switch
    {
        "direct" => MandateKind.Direct,
        "indirect" => MandateKind.Indirect,
        _ => null,
    };
}
