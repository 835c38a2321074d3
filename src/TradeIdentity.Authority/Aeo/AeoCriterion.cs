namespace TradeIdentity.Authority.Aeo;

/// <summary>A condition that a programme examines.</summary>
/// <param name="Code">Unique in the programme, e.g. <c>records</c>.</param>
/// <param name="Names">Display name by language tag.</param>
/// <param name="Components">Of which components; null: of all.</param>
public sealed record AeoCriterion(string Code, IReadOnlyDictionary<string, string> Names, IReadOnlyList<string>? Components = null);
