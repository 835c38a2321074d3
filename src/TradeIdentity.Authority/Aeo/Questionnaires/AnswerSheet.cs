using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Aeo.Questionnaires;

/// <summary>What an applicant has answered, of one application for one component.</summary>
public sealed record AnswerSheet
{
    public required Tin Tin { get; init; }

    public required string Component { get; init; }

    /// <summary>Number of the step that opened the application.</summary>
    public required int OpenedStep { get; init; }

    public required Questionnaire Questionnaire { get; init; }

    /// <summary>By code of the question.</summary>
    public required IReadOnlyDictionary<string, string> Answers { get; init; }

    /// <summary>Null: nothing was saved.</summary>
    public DateTimeOffset? SavedAt { get; init; }

    /// <summary>Of the component now.</summary>
    public required AeoStatus Status { get; init; }

    /// <summary>A draft is written on; what was submitted is only read.</summary>
    public bool IsDraft => Status == AeoStatus.Draft;

    public IEnumerable<Question> Missing => Questionnaire.Missing(Component, Answers);

    public string Programme { get; init; } = "";
}
