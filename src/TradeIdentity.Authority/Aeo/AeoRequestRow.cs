namespace TradeIdentity.Authority.Aeo;

/// <summary>A request as its table has it.</summary>
internal sealed record AeoRequestRow
{
    public required string Id { get; init; }

    public required string Tin { get; init; }

    public required string Programme { get; init; }

    public required string Component { get; init; }

    public required long Step { get; init; }

    public required string Question { get; init; }

    public required string DueOn { get; init; }

    public required string AskedBy { get; init; }

    public required long AskedAt { get; init; }

    public required string State { get; init; }

    public string? Answer { get; init; }

    public string? SettledBy { get; init; }

    public long? SettledAt { get; init; }

    public AeoRequest ToRequest() => new()
    {
        Id = Id,
        Tin = Operators.Identifiers.Tin.Parse(Tin),
        Programme = Programme,
        Component = Component,
        Step = (int)Step,
        Question = Question,
        DueOn = AeoRow.Day(DueOn),
        AskedBy = AskedBy,
        AskedAt = DateTimeOffset.FromUnixTimeSeconds(AskedAt),
        State = AeoCodes.RequestState(State),
        Answer = Answer,
        SettledBy = SettledBy,
        SettledAt = SettledAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
    };
}
