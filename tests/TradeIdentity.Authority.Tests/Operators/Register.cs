using System.Text;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Operators;

/// <summary>The register's acts on a database, as tests call them.</summary>
internal sealed class Register(Database database)
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public const string Whole =
        """
        {"tin":"NL854502130","legalName":"Example Flowers B.V.","tradingNames":["Example Tulips"],"jurisdiction":"NL","legalForm":"54M6",
        "registeredAddress":{"street":"Examplelaan 1","locality":"Aalsmeer","postalCode":"1431 AA","country":"NL"},
        "identifiers":[{"scheme":"lei","value":"506700GE1G29325QX363"},{"scheme":"eori","value":"NL854502130"},{"scheme":"vat","value":"NL854502130B01"}],
        "roles":["IM","EX"],
        "aeo":[{"component":"AEOC","status":"granted","authorisationNumber":"NLAEOC0000001","effectiveFrom":"2024-01-01"}],
        "evidence":{"source":"Trade register","assertedAt":"2026-02-01T00:00:00Z","confirmedBy":"register","confirmedAt":"2026-02-01T00:00:00Z"}}
        """;

    public ProgrammeCatalogue Programmes { get; } = ProgrammeCatalogue.Embedded;

    public Task<List<ImportResult>> ImportAsync(params string[] documents) =>
        ImportTextAsync(string.Join('\n', documents.Select(OneLine)));

    public async Task<List<ImportResult>> ImportTextAsync(string ndjson, string actor = "importer")
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(ndjson));
        var results = new List<ImportResult>();
        var lines = NdjsonLines.ReadAsync(stream, OperatorDocument.MaxBytes, TestContext.Current.CancellationToken);
        await foreach (var result in new RegisterOperators(database, Clock, Programmes).ExecuteAsync(lines, actor, TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        return results;
    }

    public Task<Operator?> FindAsync(string tin) =>
        new OperatorReader(Programmes).FindAsync(database, Tin.Parse(tin), TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<AeoStep>> HistoryAsync(string tin) =>
        AeoHistory.ReadAsync(database, Tin.Parse(tin), Programmes, TestContext.Current.CancellationToken);

    /// <summary>Takes an act as those who may: two officers, anna and bert, or anna alone.</summary>
    public Task<Outcome<AeoComponent>> DecideAsync(AeoDecision decision) =>
        new ChangeAeoStatus(database, Clock, Programmes).ExecuteAsync(
            decision,
            AeoLifecycle.Transitions.Any(way => way.Act == decision.Act && way.TakesTwoOfficers)
                ? new AeoSignatures(AeoDecider.TwoOfficers, "anna", "bert")
                : AeoSignatures.One(AeoDecider.Officer, "anna"),
            TestContext.Current.CancellationToken);

    /// <summary>Anna has visited, and found nothing amiss.</summary>
    public Task<Outcome<AeoVisit>> ReportVisitAsync(string tin, string component) => new RecordAeoVisit(database, Clock, Programmes).ExecuteAsync(
        Visit(Tin.Parse(tin), component), AeoOfficer.Person("anna", [AccountRoles.AeoOfficer]), TestContext.Current.CancellationToken);

    public static AeoVisit Visit(Tin tin, string component) => new()
    {
        Tin = tin,
        Component = component,
        VisitedOn = new DateOnly(2026, 2, 1),
        Place = "Warehouse 4",
        Visitors = "Anna Example",
        Findings = [.. ProgrammeCatalogue.Embedded.Of(tin.Country)!.CriteriaOf(component).Select(criterion => new AeoFinding(criterion.Code, true, "Nothing amiss."))],
        IsFavourable = true,
        Conclusion = "The conditions are met.",
    };

    public static string OneLine(string document) => document.ReplaceLineEndings("");

    public static TimeProvider Clock { get; } = new FixedTime();

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
