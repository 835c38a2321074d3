namespace TradeIdentity.Authority.Aeo.Questionnaires;

/// <summary>What an applicant is asked about itself: a data file, never changed once it was published; a change is another version.</summary>
/// <param name="Programmes">Whose applicants are asked.</param>
/// <param name="Version">From 1; an application keeps the version that it was begun with.</param>
/// <param name="Sections">One a page.</param>
public sealed record Questionnaire(IReadOnlyList<string> Programmes, int Version, IReadOnlyList<QuestionnaireSection> Sections)
{
    /// <summary>The sections that ask something of who applies for a component.</summary>
    public IEnumerable<QuestionnaireSection> SectionsFor(string component) => Sections
        .Select(section => section with { Questions = [.. section.Questions.Where(question => question.IsFor(component))] })
        .Where(section => section.Questions.Count > 0);

    /// <summary>Every question that is put to who applies for a component.</summary>
    public IEnumerable<Question> QuestionsFor(string component) => SectionsFor(component).SelectMany(section => section.Questions);

    /// <summary>What is still to be answered, in the order of the pages.</summary>
    public IEnumerable<Question> Missing(string component, IReadOnlyDictionary<string, string> answers) =>
        QuestionsFor(component).Where(question => question.IsAsked(answers) && !answers.ContainsKey(question.Code));
}
