using System.Globalization;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Authority.Aeo.Questionnaires;

/// <summary>One question.</summary>
/// <param name="Code">Of the answer; unique in the questionnaire.</param>
/// <param name="Kind"><c>text</c>, <c>yes-no</c>, <c>choice</c>, <c>number</c> or <c>date</c>.</param>
/// <param name="Text">By language tag.</param>
/// <param name="Hint">By language tag; null: none is needed.</param>
/// <param name="Components">Whose applicants are asked; null: all.</param>
/// <param name="Choices">Of a <c>choice</c>.</param>
/// <param name="When">Asked only after this answer; null: always.</param>
public sealed record Question(
    string Code,
    string Kind,
    IReadOnlyDictionary<string, string> Text,
    IReadOnlyDictionary<string, string>? Hint = null,
    IReadOnlyList<string>? Components = null,
    IReadOnlyList<QuestionChoice>? Choices = null,
    QuestionCondition? When = null)
{
    public const int MaxText = 2000;

    private const int MaxNumber = 10_000_000;

    public bool IsFor(string component) => Components is null || Components.Contains(component);

    /// <summary>Whether what was answered so far calls for it.</summary>
    public bool IsAsked(IReadOnlyDictionary<string, string> answers) => When is null || answers.GetValueOrDefault(When.Question) == When.Is;

    /// <summary>The answer as it is stored: <c>yes</c>, <c>no</c>, the code of a choice, digits, a day as yyyy-MM-dd, text of 1 to 2,000 characters; null: it is none.</summary>
    public string? Read(string? given) => Kind switch
    {
        "text" => PrintableText.NormaliseLines(given ?? "", MaxText),
        "yes-no" => given is "yes" or "no" ? given : null,
        "choice" => Choices?.FirstOrDefault(choice => choice.Code == given)?.Code,
        "number" => int.TryParse(given?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxNumber ? number.ToString(CultureInfo.InvariantCulture) : null,
        "date" => DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        _ => throw new InvalidOperationException($"The questionnaire has a question of kind {Kind}."),
    };
}

/// <summary>An answer of a list.</summary>
public sealed record QuestionChoice(string Code, IReadOnlyDictionary<string, string> Names);

/// <summary>That another question was answered so.</summary>
public sealed record QuestionCondition(string Question, string Is);
