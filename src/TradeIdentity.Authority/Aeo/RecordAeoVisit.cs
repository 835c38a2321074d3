using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>An officer records the report of an audit visit. The component stays as it is; a programme may ask for one before a grant.</summary>
public sealed class RecordAeoVisit(Database database, TimeProvider time, ProgrammeCatalogue programmes)
{
    public const int MaxPlace = 200;
    public const int MaxVisitors = 500;
    public const int MaxFinding = 1000;
    public const int MaxConclusion = 2000;

    public async Task<Outcome<AeoVisit>> ExecuteAsync(AeoVisit report, AeoOfficer officer, CancellationToken cancellationToken)
    {
        if (!officer.MayTakeActs)
        {
            return new Refusal("aeo_officer_required", "This is an act of an AEO officer.");
        }

        var programme = report.Programme is null ? programmes.Of(report.Tin.Country) : programmes.Find(report.Programme);
        if (programme?.Find(report.Component) is null)
        {
            return new Refusal("aeo_component_unknown", "The programme catalogue has no such component.");
        }

        return Normal(report, programme).TryGet(out var visit, out var refusal)
            ? await database.WriteAsync(tx => RecordAsync(tx, visit, officer.Id), cancellationToken).ConfigureAwait(false)
            : refusal;
    }

    private Outcome<AeoVisit> Normal(AeoVisit report, AeoProgramme programme)
    {
        if (report.VisitedOn > DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime))
        {
            return Invalid("The day of the visit is not one to come.");
        }

        if (PrintableText.Normalise(report.Place, MaxPlace) is not { } place
            || PrintableText.Normalise(report.Visitors, MaxVisitors) is not { } visitors
            || PrintableText.NormaliseLines(report.Conclusion, MaxConclusion) is not { } conclusion)
        {
            return Invalid("Place, visitors and conclusion are printable and not empty.");
        }

        var criteria = programme.CriteriaOf(report.Component).Select(criterion => criterion.Code);
        if (!report.Findings.Select(finding => finding.Criterion).SequenceEqual(criteria))
        {
            return Invalid($"The report has one finding for each criterion, in this order: {string.Join(", ", criteria)}.");
        }

        var findings = new List<AeoFinding>();
        foreach (var finding in report.Findings)
        {
            if (PrintableText.NormaliseLines(finding.Text, MaxFinding) is not { } text)
            {
                return Invalid($"The finding of {finding.Criterion} has 1 to {MaxFinding} printable characters.");
            }

            findings.Add(finding with { Text = text });
        }

        return report with { Programme = programme.Code, Place = place, Visitors = visitors, Conclusion = conclusion, Findings = findings };
    }

    private async Task<Outcome<AeoVisit>> RecordAsync(WriteTransaction tx, AeoVisit report, string officer)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if (await AeoOfficers.OwnOperatorAsync(tx, report.Tin, officer, officer).ConfigureAwait(false) is { } own)
        {
            return own;
        }

        var row = await tx.QuerySingleOrDefaultAsync<AeoRow>(
            $"SELECT {AeoRow.Columns} FROM aeo_components WHERE tin = @Tin AND programme = @Programme AND component = @Component",
            new { Tin = report.Tin.Value, report.Programme, report.Component }).ConfigureAwait(false);
        // Who holds an authorisation is visited again; what has ended, or is not submitted yet, is not.
        if (row?.ToComponent(programmes) is not { } component || !(AeoLifecycle.IsRunning(component.Status) || AeoLifecycle.IsHeld(component.Status)))
        {
            return new Refusal("aeo_visit_not_due", $"{report.Component} is neither applied for nor held: there is nothing to visit for.");
        }

        var now = time.GetUtcNow();
        var visit = report with { Id = TimeOrderedId.New(now), Step = component.Step, RecordedBy = officer, RecordedAt = now.WholeSeconds() };
        await tx.ExecuteAsync(
            """
            INSERT INTO aeo_visits (id, tin, programme, component, step, visited_on, place, visitors, findings, favourable, conclusion, recorded_by, recorded_at)
            VALUES (@Id, @Tin, @Programme, @Component, @Step, @VisitedOn, @Place, @Visitors, @Findings, @Favourable, @Conclusion, @RecordedBy, @RecordedAt)
            """,
            new
            {
                visit.Id,
                Tin = visit.Tin.Value,
                visit.Programme,
                visit.Component,
                Step = (long)visit.Step,
                VisitedOn = AeoRow.Text(visit.VisitedOn),
                visit.Place,
                visit.Visitors,
                Findings = JsonSerializer.Serialize(visit.Findings, AeoFindingJson.Default.IReadOnlyListAeoFinding),
                Favourable = visit.IsFavourable ? 1L : 0L,
                visit.Conclusion,
                visit.RecordedBy,
                RecordedAt = visit.RecordedAt.ToUnixTimeSeconds(),
            }).ConfigureAwait(false);
        await AuditTrail.AppendAsync(
            tx,
            now,
            new AuditRecord(
                officer,
                "aeo-visit-recorded",
                $"operator:{visit.Tin}",
                JsonSerializer.Serialize(new AeoRequestAudit(visit.Id, visit.Programme!, visit.Component, visit.Step), AeoRequestAuditJson.Default.AeoRequestAudit))).ConfigureAwait(false);
        return visit;
    }

    private static Refusal Invalid(string detail) => new("aeo_visit_invalid", detail);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(IReadOnlyList<AeoFinding>))]
internal sealed partial class AeoFindingJson : JsonSerializerContext;
