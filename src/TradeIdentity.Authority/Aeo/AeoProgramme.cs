namespace TradeIdentity.Authority.Aeo;

/// <summary>An administration's AEO programme, as the catalogue describes it.</summary>
/// <param name="Code">Upper-case, e.g. <c>EU-AEO</c>.</param>
/// <param name="Names">Display name by language tag; <c>en</c> and <c>fr</c> are always there.</param>
/// <param name="Countries">Of whose operators it is the programme; <c>*</c>: of all that have no other.</param>
/// <param name="Components">What can be held, each by itself.</param>
/// <param name="Clock">The time to decide on an application; null: the programme sets none.</param>
/// <param name="VisitRequired">Whether the report of an audit visit is recorded before a grant is proposed.</param>
/// <param name="Criteria">What is examined, in the order of the law; a visit has a finding of each.</param>
public sealed record AeoProgramme(
    string Code,
    IReadOnlyDictionary<string, string> Names,
    IReadOnlyList<string> Countries,
    IReadOnlyList<AeoProgrammeComponent> Components,
    AeoClock? Clock = null,
    bool VisitRequired = false,
    IReadOnlyList<AeoCriterion>? Criteria = null)
{
    public IReadOnlyList<AeoCriterion> Criteria { get; init; } = Criteria ?? [];

    /// <summary>The criteria of one of its components.</summary>
    public IEnumerable<AeoCriterion> CriteriaOf(string component) => Criteria.Where(criterion => criterion.Components is null || criterion.Components.Contains(component));

    public AeoProgrammeComponent? Find(string component) => Components.FirstOrDefault(candidate => candidate.Code == component);
}
