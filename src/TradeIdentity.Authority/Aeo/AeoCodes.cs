using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TradeIdentity.Authority.Aeo;

/// <summary>The codes that go over the wire and into the database: the names of the states in kebab case.</summary>
public static class AeoCodes
{
    private static readonly FrozenDictionary<AeoStatus, string> StatusCodes = CodesOf<AeoStatus>();
    private static readonly FrozenDictionary<AeoAct, string> ActCodes = CodesOf<AeoAct>();
    private static readonly FrozenDictionary<SuspensionGround, string> GroundCodes = CodesOf<SuspensionGround>();

    private static readonly FrozenDictionary<AeoDecider, string> DeciderCodes = CodesOf<AeoDecider>();
    private static readonly FrozenDictionary<AeoProposalState, string> ProposalStateCodes = CodesOf<AeoProposalState>();

    private static readonly FrozenDictionary<AeoRequestState, string> RequestStateCodes = CodesOf<AeoRequestState>();
    private static readonly FrozenDictionary<string, AeoRequestState> RequestStates = Reversed(RequestStateCodes);

    private static readonly FrozenDictionary<string, AeoStatus> Statuses = Reversed(StatusCodes);
    private static readonly FrozenDictionary<string, AeoAct> Acts = Reversed(ActCodes);
    private static readonly FrozenDictionary<string, SuspensionGround> Grounds = Reversed(GroundCodes);
    private static readonly FrozenDictionary<string, AeoDecider> Deciders = Reversed(DeciderCodes);
    private static readonly FrozenDictionary<string, AeoProposalState> ProposalStates = Reversed(ProposalStateCodes);

    /// <summary>E.g. <c>identity-verified</c>.</summary>
    public static string ToCode(this AeoStatus status) => StatusCodes[status];

    /// <summary>E.g. <c>take-over</c>.</summary>
    public static string ToCode(this AeoAct act) => ActCodes[act];

    /// <summary><c>suspected</c>, <c>non-compliance</c> or <c>holder-request</c>.</summary>
    public static string ToCode(this SuspensionGround ground) => GroundCodes[ground];

    /// <summary><c>holder</c>, <c>officer</c>, <c>two-officers</c> or <c>register</c>; one of them.</summary>
    public static string ToCode(this AeoDecider decider) => DeciderCodes[decider];

    /// <summary>The codes of all who are in <paramref name="deciders"/>.</summary>
    public static IEnumerable<string> Each(AeoDecider deciders) =>
        Enum.GetValues<AeoDecider>().Where(decider => decider != AeoDecider.None && deciders.HasFlag(decider)).Select(ToCode);

    /// <summary><c>open</c>, <c>approved</c>, <c>turned-down</c>, <c>overtaken</c> or <c>withdrawn</c>.</summary>
    public static string ToCode(this AeoProposalState state) => ProposalStateCodes[state];

    /// <summary><c>open</c>, <c>answered</c> or <c>closed</c>.</summary>
    public static string ToCode(this AeoRequestState state) => RequestStateCodes[state];

    public static bool TryParse(string code, out AeoAct act) => Acts.TryGetValue(code, out act);

    public static bool TryParse(string code, out AeoStatus status) => Statuses.TryGetValue(code, out status);

    public static bool TryParse(string code, out SuspensionGround ground) => Grounds.TryGetValue(code, out ground);

    /// <summary>A status out of the database, which holds no other text.</summary>
    internal static AeoStatus Status(string code) => Statuses[code];

    internal static AeoAct Act(string code) => Acts[code];

    internal static AeoProposalState ProposalState(string code) => ProposalStates[code];

    internal static AeoRequestState RequestState(string code) => RequestStates[code];

    internal static AeoDecider Decider(string code) => Deciders[code];

    [return: NotNullIfNotNull(nameof(code))]
    internal static SuspensionGround? Ground(string? code) => code is null ? null : Grounds[code];

    private static FrozenDictionary<T, string> CodesOf<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

    private static FrozenDictionary<string, T> Reversed<T>(FrozenDictionary<T, string> codes)
        where T : struct, Enum =>
        codes.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
}
