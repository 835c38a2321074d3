using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Server.Api;

/// <summary>The report of an audit visit.</summary>
/// <param name="Component">E.g. <c>AEOC</c>.</param>
/// <param name="VisitedOn">Today or before.</param>
/// <param name="Place">Which premises, 1 to 200 characters.</param>
/// <param name="Visitors">Who went there for the authority, 1 to 500 characters.</param>
/// <param name="Findings">One for each criterion of the component, in the order of the programme.</param>
/// <param name="Favourable">Whether the visit speaks for a grant.</param>
/// <param name="Conclusion">1 to 2,000 characters.</param>
/// <param name="Programme">Null: the programme of the operator's country.</param>
internal sealed record AeoVisitReportBody(
    string Component, DateOnly VisitedOn, string Place, string Visitors, IReadOnlyList<AeoFindingBody> Findings, bool Favourable, string Conclusion, string? Programme = null)
{
    internal AeoVisit ToReport(Tin tin) => new()
    {
        Tin = tin,
        Programme = Programme,
        Component = Component,
        VisitedOn = VisitedOn,
        Place = Place,
        Visitors = Visitors,
        Findings = [.. Findings.Select(finding => new AeoFinding(finding.Criterion, finding.Met, finding.Text))],
        IsFavourable = Favourable,
        Conclusion = Conclusion,
    };
}

/// <summary>What a visit found of one criterion.</summary>
/// <param name="Criterion">Of the programme, e.g. <c>records</c>.</param>
/// <param name="Met">Whether it is met.</param>
/// <param name="Text">1 to 1,000 characters.</param>
internal sealed record AeoFindingBody(string Criterion, bool Met, string Text);

/// <summary>A report as it was recorded.</summary>
internal sealed record AeoVisitBody(
    string Id,
    string Tin,
    string Programme,
    string Component,
    int Step,
    DateOnly VisitedOn,
    string Place,
    string Visitors,
    IReadOnlyList<AeoFindingBody> Findings,
    bool Favourable,
    string Conclusion,
    string RecordedBy,
    DateTimeOffset RecordedAt)
{
    internal static AeoVisitBody Of(AeoVisit visit) => new(
        visit.Id,
        visit.Tin.Value,
        visit.Programme!,
        visit.Component,
        visit.Step,
        visit.VisitedOn,
        visit.Place,
        visit.Visitors,
        [.. visit.Findings.Select(finding => new AeoFindingBody(finding.Criterion, finding.IsMet, finding.Text))],
        visit.IsFavourable,
        visit.Conclusion,
        visit.RecordedBy,
        visit.RecordedAt);
}

/// <summary>The newest reports of an operator.</summary>
internal sealed record AeoVisitListBody(IReadOnlyList<AeoVisitBody> Items);
