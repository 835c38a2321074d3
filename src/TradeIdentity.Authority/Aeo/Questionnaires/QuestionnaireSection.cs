namespace TradeIdentity.Authority.Aeo.Questionnaires;

/// <summary>Questions of one subject.</summary>
/// <param name="Code">Lower case; part of an address.</param>
/// <param name="Names">By language tag, every language of the pages.</param>
/// <param name="Questions">In the order that they are asked.</param>
public sealed record QuestionnaireSection(string Code, IReadOnlyDictionary<string, string> Names, IReadOnlyList<Question> Questions);
