namespace TradeIdentity.Authority.Aeo;

/// <summary>An administration's AEO programme, as the catalogue describes it.</summary>
/// <param name="Code">Upper-case, e.g. <c>EU-AEO</c>.</param>
/// <param name="Names">Display name by language tag; <c>en</c> and <c>fr</c> are always there.</param>
/// <param name="Countries">Of whose operators it is the programme; <c>*</c>: of all that have no other.</param>
/// <param name="Components">What can be held, each by itself.</param>
/// <param name="Clock">The time to decide on an application; null: the programme sets none.</param>
public sealed record AeoProgramme(
    string Code,
    IReadOnlyDictionary<string, string> Names,
    IReadOnlyList<string> Countries,
    IReadOnlyList<AeoProgrammeComponent> Components,
    AeoClock? Clock = null)
{
    public AeoProgrammeComponent? Find(string component) => Components.FirstOrDefault(candidate => candidate.Code == component);
}
