using System.Text.Json;
using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>Reads the reports of audit visits; <see cref="RecordAeoVisit"/> writes them.</summary>
public sealed class AeoVisits(Database database)
{
    public const int MaxOfOperator = 100;

    /// <summary>The newest of an operator, at most <see cref="MaxOfOperator"/>.</summary>
    public Task<List<AeoVisit>> OfOperatorAsync(Tin tin, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.QueryAsync<Row>(new CommandDefinition(
            """
            SELECT id AS Id, programme AS Programme, component AS Component, step AS Step, visited_on AS VisitedOn, place AS Place, visitors AS Visitors,
                findings AS Findings, favourable AS Favourable, conclusion AS Conclusion, recorded_by AS RecordedBy, recorded_at AS RecordedAt
            FROM aeo_visits WHERE tin = @tin ORDER BY id DESC LIMIT @MaxOfOperator
            """,
            new { tin = tin.Value, MaxOfOperator },
            cancellationToken: cancellationToken)).ConfigureAwait(false)).Select(row => row.ToVisit(tin)).ToList(),
        cancellationToken);

    /// <summary>Whether a visit was reported since the application that runs was submitted.</summary>
    internal static async Task<bool> IsReportedAsync(WriteTransaction tx, Tin tin, AeoComponent component) => await tx.ScalarAsync<string>(
        """
        SELECT v.id FROM aeo_visits v
        WHERE v.tin = @tin AND v.programme = @Programme AND v.component = @Component
            AND v.step >= (SELECT MAX(h.step) FROM aeo_history h WHERE h.tin = v.tin AND h.programme = v.programme AND h.component = v.component AND h.act = 'submit')
        LIMIT 1
        """,
        new { tin = tin.Value, component.Programme, component.Component }).ConfigureAwait(false) is not null;

    private sealed record Row
    {
        public required string Id { get; init; }

        public required string Programme { get; init; }

        public required string Component { get; init; }

        public required long Step { get; init; }

        public required string VisitedOn { get; init; }

        public required string Place { get; init; }

        public required string Visitors { get; init; }

        public required string Findings { get; init; }

        public required long Favourable { get; init; }

        public required string Conclusion { get; init; }

        public required string RecordedBy { get; init; }

        public required long RecordedAt { get; init; }

        public AeoVisit ToVisit(Tin tin) => new()
        {
            Id = Id,
            Tin = tin,
            Programme = Programme,
            Component = Component,
            Step = (int)Step,
            VisitedOn = AeoRow.Day(VisitedOn),
            Place = Place,
            Visitors = Visitors,
            Findings = JsonSerializer.Deserialize(Findings, AeoFindingJson.Default.IReadOnlyListAeoFinding)!,
            IsFavourable = Favourable == 1,
            Conclusion = Conclusion,
            RecordedBy = RecordedBy,
            RecordedAt = DateTimeOffset.FromUnixTimeSeconds(RecordedAt),
        };
    }
}
