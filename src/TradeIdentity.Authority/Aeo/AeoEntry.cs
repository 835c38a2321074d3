namespace TradeIdentity.Authority.Aeo;

/// <summary>The state of a component as a register gives it: that register's own decision.</summary>
public sealed record AeoEntry
{
    public required string Programme { get; init; }

    public required string Component { get; init; }

    public required int QrCode { get; init; }

    public string? Tier { get; init; }

    public required AeoStatus Status { get; init; }

    public SuspensionGround? SuspensionGround { get; init; }

    public string? AuthorisationNumber { get; init; }

    public DateOnly? DecidedOn { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    public DateOnly? EffectiveUntil { get; init; }
}
