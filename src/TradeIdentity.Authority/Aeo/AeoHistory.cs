using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>The components' current rows and the history that explains them; they are written together.</summary>
public static class AeoHistory
{
    /// <summary>All steps of an operator's components, in the order they were recorded for each.</summary>
    public static Task<IReadOnlyList<AeoStep>> ReadAsync(
        Database database, Tin tin, ProgrammeCatalogue programmes, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AeoStep>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<StepRow>(new CommandDefinition(
                    """
                    SELECT programme AS Programme, component AS Component, step AS Step, act AS Act, from_status AS FromStatus,
                        to_status AS Status, tier AS Tier, suspension_ground AS SuspensionGround, authorisation_number AS AuthorisationNumber,
                        granted_from AS GrantedFrom, decided_on AS DecidedOn, effective_from AS EffectiveFrom, effective_until AS EffectiveUntil,
                        due_on AS DueOn, extended_on AS ExtendedOn, taken_by AS TakenBy, legal_ground AS LegalGround, proposed_by AS ProposedBy, approved_by AS ApprovedBy, source AS Source, recorded_at AS RecordedAt
                    FROM aeo_history WHERE tin = @Tin ORDER BY programme, component, step
                    """,
                    new { Tin = tin.Value },
                    cancellationToken: cancellationToken)).ConfigureAwait(false);
                return [.. rows.Select(row => row.ToStep(tin, programmes))];
            },
            cancellationToken);

    /// <summary>Writes steps, in order, and the state that the last of each component leaves.</summary>
    internal static async Task RecordAsync(WriteTransaction tx, IReadOnlyList<AeoStep> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        await RowBatch.ExecuteAsync(
            tx,
            """
            INSERT INTO aeo_history (tin, programme, component, step, act, from_status, to_status, tier, suspension_ground,
                authorisation_number, granted_from, decided_on, effective_from, effective_until, due_on, extended_on, taken_by,
                legal_ground, proposed_by, approved_by, source, recorded_at)
            VALUES (@Tin, @Programme, @Component, @Step, @Act, @FromStatus, @Status, @Tier, @SuspensionGround,
                @AuthorisationNumber, @GrantedFrom, @DecidedOn, @EffectiveFrom, @EffectiveUntil, @DueOn, @ExtendedOn, @TakenBy,
                @LegalGround, @ProposedBy, @ApprovedBy, @Source, @RecordedAt)
            """,
            steps.Select(StepRow.Of)).ConfigureAwait(false);
        await RowBatch.ExecuteAsync(
            tx,
            """
            INSERT INTO aeo_components (tin, programme, component, tier, status, suspension_ground, authorisation_number,
                granted_from, decided_on, effective_from, effective_until, due_on, extended_on, step)
            VALUES (@Tin, @Programme, @Component, @Tier, @Status, @SuspensionGround, @AuthorisationNumber,
                @GrantedFrom, @DecidedOn, @EffectiveFrom, @EffectiveUntil, @DueOn, @ExtendedOn, @Step)
            ON CONFLICT (tin, programme, component) DO UPDATE SET
                tier = excluded.tier, status = excluded.status, suspension_ground = excluded.suspension_ground,
                authorisation_number = excluded.authorisation_number, granted_from = excluded.granted_from,
                decided_on = excluded.decided_on, effective_from = excluded.effective_from,
                effective_until = excluded.effective_until, due_on = excluded.due_on, extended_on = excluded.extended_on,
                step = excluded.step
            """,
            steps.Select(step => AeoRow.Of(step.Tin.Value, step.Component))).ConfigureAwait(false);
    }

    private sealed record StepRow
    {
        public string Tin { get; init; } = "";

        public required string Programme { get; init; }

        public required string Component { get; init; }

        public required long Step { get; init; }

        public required string Act { get; init; }

        public string? FromStatus { get; init; }

        public required string Status { get; init; }

        public string? Tier { get; init; }

        public string? SuspensionGround { get; init; }

        public string? AuthorisationNumber { get; init; }

        public string? GrantedFrom { get; init; }

        public string? DecidedOn { get; init; }

        public required string EffectiveFrom { get; init; }

        public string? EffectiveUntil { get; init; }

        public string? DueOn { get; init; }

        public string? ExtendedOn { get; init; }

        public string? TakenBy { get; init; }

        public string? LegalGround { get; init; }

        public required string ProposedBy { get; init; }

        public required string ApprovedBy { get; init; }

        public string? Source { get; init; }

        public required long RecordedAt { get; init; }

        public static StepRow Of(AeoStep step)
        {
            var row = AeoRow.Of(step.Tin.Value, step.Component);
            return new StepRow
            {
                Tin = row.Tin,
                Programme = row.Programme,
                Component = row.Component,
                Step = row.Step,
                Act = step.Act.ToCode(),
                FromStatus = step.From?.ToCode(),
                Status = row.Status,
                Tier = row.Tier,
                SuspensionGround = row.SuspensionGround,
                AuthorisationNumber = row.AuthorisationNumber,
                GrantedFrom = row.GrantedFrom,
                DecidedOn = row.DecidedOn,
                EffectiveFrom = row.EffectiveFrom,
                EffectiveUntil = row.EffectiveUntil,
                DueOn = row.DueOn,
                ExtendedOn = row.ExtendedOn,
                TakenBy = AeoCodes.ToCode(step.TakenBy),
                LegalGround = step.LegalGround,
                ProposedBy = step.ProposedBy,
                ApprovedBy = step.ApprovedBy,
                Source = step.Source,
                RecordedAt = step.RecordedAt.ToUnixTimeSeconds(),
            };
        }

        public AeoStep ToStep(Tin tin, ProgrammeCatalogue programmes) => new()
        {
            Tin = tin,
            Act = AeoCodes.Act(Act),
            From = FromStatus is null ? null : AeoCodes.Status(FromStatus),
            Component = new AeoRow
            {
                Tin = tin.Value,
                Programme = Programme,
                Component = Component,
                Tier = Tier,
                Status = Status,
                SuspensionGround = SuspensionGround,
                AuthorisationNumber = AuthorisationNumber,
                GrantedFrom = GrantedFrom,
                DecidedOn = DecidedOn,
                EffectiveFrom = EffectiveFrom,
                EffectiveUntil = EffectiveUntil,
                DueOn = DueOn,
                ExtendedOn = ExtendedOn,
                Step = Step,
            }.ToComponent(programmes),
            LegalGround = LegalGround,
            // Steps of before this was recorded: what brought them shows in their source, and how many decided in their act.
            TakenBy = TakenBy is not null ? AeoCodes.Decider(TakenBy)
                : Source is not null ? AeoDecider.Register
                : ProposedBy == ApprovedBy ? AeoDecider.Officer : AeoDecider.TwoOfficers,
            ProposedBy = ProposedBy,
            ApprovedBy = ApprovedBy,
            Source = Source,
            RecordedAt = DateTimeOffset.FromUnixTimeSeconds(RecordedAt),
        };
    }
}
