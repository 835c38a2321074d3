namespace TradeIdentity.Authority.Aeo;

/// <summary>One component of an AEO programme as an operator holds it now. How it came so is in its history.</summary>
public sealed record AeoComponent
{
    /// <summary>Code of the programme catalogue, e.g. <c>EU-AEO</c>.</summary>
    public required string Programme { get; init; }

    /// <summary>Code of the programme's component, e.g. <c>AEOC</c>.</summary>
    public required string Component { get; init; }

    /// <summary>The component's number in the QR credential; null where the catalogue no longer has it.</summary>
    public required int? QrCode { get; init; }

    /// <summary>Code of the component's tier, where it has tiers.</summary>
    public string? Tier { get; init; }

    public required AeoStatus Status { get; init; }

    /// <summary>Why it is suspended; null where it is not, or the source did not say.</summary>
    public SuspensionGround? SuspensionGround { get; init; }

    public string? AuthorisationNumber { get; init; }

    /// <summary>Since when the authorisation holds; suspensions do not change it. Null: never granted.</summary>
    public DateOnly? GrantedFrom { get; init; }

    /// <summary>When the current status was decided; null where the source did not say.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>Since when the current status holds.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>The last day of the authorisation; null: no end.</summary>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>The last day to accept the application that was submitted, then to decide on it; null: none runs, or its programme sets no time.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>When the applicant was told that it takes longer; null: it does not.</summary>
    public DateOnly? ExtendedOn { get; init; }

    /// <summary>Number of the newest entry of its history, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>Granted, and in force on that day.</summary>
    public bool IsGrantedOn(DateOnly day) =>
        Status == AeoStatus.Granted && EffectiveFrom <= day && (EffectiveUntil is null || day <= EffectiveUntil);
}
