using TradeIdentity.Authority.Aeo.Questionnaires;

namespace TradeIdentity.Server.Api;

/// <summary>Saves answers of a draft. What is not named stays; null takes an answer back.</summary>
/// <param name="Component">E.g. <c>AEOC</c>.</param>
/// <param name="Answers">By code of the question.</param>
/// <param name="Programme">Null: the programme of the operator's country.</param>
internal sealed record AeoAnswersBody(string Component, IReadOnlyDictionary<string, string?> Answers, string? Programme = null);

/// <summary>The questionnaire of an application with what was answered. <c>missing</c>: what keeps it from being submitted.</summary>
internal sealed record AeoQuestionnaireBody(
    string Programme, string Component, int Version, bool IsDraft, DateTimeOffset? SavedAt, IReadOnlyList<AeoQuestionnaireSectionBody> Sections, IReadOnlyList<string> Missing)
{
    internal static AeoQuestionnaireBody Of(AnswerSheet sheet) => new(
        sheet.Programme,
        sheet.Component,
        sheet.Questionnaire.Version,
        sheet.IsDraft,
        sheet.SavedAt,
        [
            .. sheet.Questionnaire.SectionsFor(sheet.Component).Select(section => new AeoQuestionnaireSectionBody(
                section.Code,
                section.Names,
                [
                    .. section.Questions.Select(question => new AeoQuestionnaireQuestionBody(
                        question.Code,
                        question.Kind,
                        question.Text,
                        question.Choices is null ? null : [.. question.Choices.Select(choice => choice.Code)],
                        question.IsAsked(sheet.Answers),
                        sheet.Answers.GetValueOrDefault(question.Code))),
                ])),
        ],
        [.. sheet.Missing.Select(question => question.Code)]);
}

/// <summary>A page of the questionnaire; names by language.</summary>
internal sealed record AeoQuestionnaireSectionBody(string Code, IReadOnlyDictionary<string, string> Names, IReadOnlyList<AeoQuestionnaireQuestionBody> Questions);

/// <summary>A question: <c>text</c>, <c>yes-no</c>, <c>choice</c>, <c>number</c> or <c>date</c>; text by language. <c>asked</c>: what was answered so far calls for it.</summary>
internal sealed record AeoQuestionnaireQuestionBody(string Code, string Kind, IReadOnlyDictionary<string, string> Text, IReadOnlyList<string>? Choices, bool Asked, string? Answer);
