namespace TradeIdentity.Authority.Aeo;

/// <summary>A proposal as its table has it.</summary>
internal sealed record AeoProposalRow
{
    public const string Select =
        """
        SELECT id AS Id, tin AS Tin, programme AS Programme, component AS Component, step AS Step, act AS Act, tier AS Tier,
            suspension_ground AS SuspensionGround, authorisation_number AS AuthorisationNumber, effective_from AS EffectiveFrom,
            effective_until AS EffectiveUntil, legal_ground AS LegalGround, due_on AS DueOn, proposed_by AS ProposedBy,
            proposed_at AS ProposedAt, state AS State, settled_by AS SettledBy, settled_at AS SettledAt, reason AS Reason
        FROM aeo_proposals

        """;

    public const string Insert =
        """
        INSERT INTO aeo_proposals (id, tin, programme, component, step, act, tier, suspension_ground, authorisation_number,
            effective_from, effective_until, legal_ground, due_on, proposed_by, proposed_at, state)
        VALUES (@Id, @Tin, @Programme, @Component, @Step, @Act, @Tier, @SuspensionGround, @AuthorisationNumber,
            @EffectiveFrom, @EffectiveUntil, @LegalGround, @DueOn, @ProposedBy, @ProposedAt, @State)
        """;

    public required string Id { get; init; }

    public required string Tin { get; init; }

    public required string Programme { get; init; }

    public required string Component { get; init; }

    public required long Step { get; init; }

    public required string Act { get; init; }

    public string? Tier { get; init; }

    public string? SuspensionGround { get; init; }

    public string? AuthorisationNumber { get; init; }

    public required string EffectiveFrom { get; init; }

    public string? EffectiveUntil { get; init; }

    public required string LegalGround { get; init; }

    public string? DueOn { get; init; }

    public required string ProposedBy { get; init; }

    public required long ProposedAt { get; init; }

    public required string State { get; init; }

    public string? SettledBy { get; init; }

    public long? SettledAt { get; init; }

    public string? Reason { get; init; }

    public static AeoProposalRow Of(AeoProposal proposal) => new()
    {
        Id = proposal.Id,
        Tin = proposal.Decision.Tin.Value,
        Programme = proposal.Decision.Programme!,
        Component = proposal.Decision.Component,
        Step = proposal.Step,
        Act = proposal.Decision.Act.ToCode(),
        Tier = proposal.Decision.Tier,
        SuspensionGround = proposal.Decision.SuspensionGround?.ToCode(),
        AuthorisationNumber = proposal.Decision.AuthorisationNumber,
        EffectiveFrom = AeoRow.Text(proposal.Decision.EffectiveFrom),
        EffectiveUntil = AeoRow.Text(proposal.Decision.EffectiveUntil),
        LegalGround = proposal.Decision.LegalGround,
        DueOn = AeoRow.Text(proposal.DueOn),
        ProposedBy = proposal.ProposedBy,
        ProposedAt = proposal.ProposedAt.ToUnixTimeSeconds(),
        State = proposal.State.ToCode(),
    };

    public AeoProposal ToProposal() => new()
    {
        Id = Id,
        Decision = new AeoDecision
        {
            Tin = Operators.Identifiers.Tin.Parse(Tin),
            Programme = Programme,
            Component = Component,
            Act = AeoCodes.Act(Act),
            Tier = Tier,
            SuspensionGround = AeoCodes.Ground(SuspensionGround),
            AuthorisationNumber = AuthorisationNumber,
            EffectiveFrom = AeoRow.Day(EffectiveFrom),
            EffectiveUntil = AeoRow.Date(EffectiveUntil),
            LegalGround = LegalGround,
        },
        Step = (int)Step,
        DueOn = AeoRow.Date(DueOn),
        ProposedBy = ProposedBy,
        ProposedAt = DateTimeOffset.FromUnixTimeSeconds(ProposedAt),
        State = AeoCodes.ProposalState(State),
        SettledBy = SettledBy,
        SettledAt = SettledAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
        Reason = Reason,
    };
}
