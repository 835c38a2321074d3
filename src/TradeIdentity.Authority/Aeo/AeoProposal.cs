namespace TradeIdentity.Authority.Aeo;

/// <summary>A decision that one officer proposed and another approves or turns down.</summary>
public sealed record AeoProposal
{
    /// <summary>32 lower-case hexadecimal characters, ordered by time.</summary>
    public required string Id { get; init; }

    /// <summary>What is to be decided, with the programme named.</summary>
    public required AeoDecision Decision { get; init; }

    /// <summary>The step of the component for which it was made: it is approved of that state or not at all.</summary>
    public required int Step { get; init; }

    /// <summary>The last day to decide on the application; null where no clock runs.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Account id of the officer.</summary>
    public required string ProposedBy { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public required AeoProposalState State { get; init; }

    /// <summary>Account id of the other officer; null where it is open or was overtaken.</summary>
    public string? SettledBy { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Why it was turned down.</summary>
    public string? Reason { get; init; }
}
