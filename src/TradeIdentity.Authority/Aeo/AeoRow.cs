using System.Globalization;

namespace TradeIdentity.Authority.Aeo;

/// <summary>A component as its table has it.</summary>
internal sealed record AeoRow
{
    public const string Columns =
        """
        tin AS Tin, programme AS Programme, component AS Component, tier AS Tier, status AS Status,
        suspension_ground AS SuspensionGround, authorisation_number AS AuthorisationNumber, granted_from AS GrantedFrom,
        decided_on AS DecidedOn, effective_from AS EffectiveFrom, effective_until AS EffectiveUntil,
        due_on AS DueOn, extended_on AS ExtendedOn, step AS Step
        """;

    public required string Tin { get; init; }

    public required string Programme { get; init; }

    public required string Component { get; init; }

    public string? Tier { get; init; }

    public required string Status { get; init; }

    public string? SuspensionGround { get; init; }

    public string? AuthorisationNumber { get; init; }

    public string? GrantedFrom { get; init; }

    public string? DecidedOn { get; init; }

    public required string EffectiveFrom { get; init; }

    public string? EffectiveUntil { get; init; }

    public string? DueOn { get; init; }

    public string? ExtendedOn { get; init; }

    public required long Step { get; init; }

    public static AeoRow Of(string tin, AeoComponent component) => new()
    {
        Tin = tin,
        Programme = component.Programme,
        Component = component.Component,
        Tier = component.Tier,
        Status = component.Status.ToCode(),
        SuspensionGround = component.SuspensionGround?.ToCode(),
        AuthorisationNumber = component.AuthorisationNumber,
        GrantedFrom = Text(component.GrantedFrom),
        DecidedOn = Text(component.DecidedOn),
        EffectiveFrom = Text(component.EffectiveFrom),
        EffectiveUntil = Text(component.EffectiveUntil),
        DueOn = Text(component.DueOn),
        ExtendedOn = Text(component.ExtendedOn),
        Step = component.Step,
    };

    public AeoComponent ToComponent(ProgrammeCatalogue programmes) => new()
    {
        Programme = Programme,
        Component = Component,
        QrCode = programmes.QrCode(Programme, Component),
        Tier = Tier,
        Status = AeoCodes.Status(Status),
        SuspensionGround = AeoCodes.Ground(SuspensionGround),
        AuthorisationNumber = AuthorisationNumber,
        GrantedFrom = Date(GrantedFrom),
        DecidedOn = Date(DecidedOn),
        EffectiveFrom = Day(EffectiveFrom),
        EffectiveUntil = Date(EffectiveUntil),
        DueOn = Date(DueOn),
        ExtendedOn = Date(ExtendedOn),
        Step = (int)Step,
    };

    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string? Text(DateOnly? date) => date is { } day ? Text(day) : null;

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly? Date(string? text) => text is null ? null : Day(text);
}
