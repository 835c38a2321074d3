using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Aeo;

/// <summary>What the authority asked an applicant, and what it was answered.</summary>
public sealed record AeoRequest
{
    /// <summary>32 lower-case hexadecimal characters, ordered by time.</summary>
    public required string Id { get; init; }

    public required Tin Tin { get; init; }

    public required string Programme { get; init; }

    public required string Component { get; init; }

    /// <summary>The step of the component that asked.</summary>
    public required int Step { get; init; }

    public required string Question { get; init; }

    /// <summary>The last day to answer. An answer that comes later is taken as long as nobody has gone on without it.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>Account id of the officer, or the id of a client of the authority.</summary>
    public required string AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required AeoRequestState State { get; init; }

    public string? Answer { get; init; }

    /// <summary>Account id of who answered; null where it is open or was closed by a decision.</summary>
    public string? SettledBy { get; init; }

    public DateTimeOffset? SettledAt { get; init; }
}
