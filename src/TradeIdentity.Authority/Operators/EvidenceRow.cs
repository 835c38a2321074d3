using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators;

/// <summary>Evidence in columns: times in Unix seconds, the confirmation by its code.</summary>
internal sealed record EvidenceRow(string Source, string AssertedBy, long AssertedAt, string? ConfirmedBy, long? ConfirmedAt, long? ValidUntil)
{
    public static EvidenceRow Of(Evidence evidence) => new(
        evidence.Source,
        evidence.AssertedBy,
        evidence.AssertedAt.ToUnixTimeSeconds(),
        evidence.ConfirmedBy switch
        {
            null => null,
            Confirmation.Register => "register",
            Confirmation.Document => "document",
            Confirmation.Officer => "officer",
            _ => throw new ArgumentOutOfRangeException(nameof(evidence)),
        },
        evidence.ConfirmedAt?.ToUnixTimeSeconds(),
        evidence.ValidUntil?.ToUnixTimeSeconds());

    public Evidence ToEvidence() => new(
        Source,
        AssertedBy,
        DateTimeOffset.FromUnixTimeSeconds(AssertedAt),
        ConfirmedBy is null ? null : Enum.Parse<Confirmation>(ConfirmedBy, ignoreCase: true),
        Time(ConfirmedAt),
        Time(ValidUntil));

    private static DateTimeOffset? Time(long? seconds) => seconds is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null;
}
