namespace TradeIdentity.Authority.Aeo;

/// <summary>What a decision says beside the way it takes: of which component, from when, and what the authorisation then is.</summary>
public sealed record AeoMove
{
    public required string Programme { get; init; }

    public required string Component { get; init; }

    public required int? QrCode { get; init; }

    public string? Tier { get; init; }

    public SuspensionGround? SuspensionGround { get; init; }

    public string? AuthorisationNumber { get; init; }

    public DateOnly? DecidedOn { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>Of a request for information: the last day to answer it.</summary>
    public DateOnly? AnswerBy { get; init; }

    /// <summary>Of the programme; of no meaning in an import, which brings no application.</summary>
    public AeoClock? Clock { get; init; }

    internal static AeoMove Of(AeoEntry entry) => new()
    {
        Programme = entry.Programme,
        Component = entry.Component,
        QrCode = entry.QrCode,
        Tier = entry.Tier,
        SuspensionGround = entry.SuspensionGround,
        AuthorisationNumber = entry.AuthorisationNumber,
        DecidedOn = entry.DecidedOn,
        EffectiveFrom = entry.EffectiveFrom,
        EffectiveUntil = entry.EffectiveUntil,
    };
}
