using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Authority.Tests.Aeo.Questionnaires;

/// <summary>The questionnaires that come with the program are whole: every text in every language, every reference to something.</summary>
public sealed class QuestionnaireFileTests
{
    public static TheoryData<string, int> Files => [.. QuestionnaireCatalogue.Embedded.All.Select(each => (each.Programmes[0], each.Version))];

    [Fact]
    public void Every_programme_of_the_catalogue_has_one() =>
        Assert.All(ProgrammeCatalogue.Embedded.Programmes, programme => Assert.NotNull(QuestionnaireCatalogue.Embedded.Find(programme.Code, null)));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_text_is_in_every_language(string programme, int version)
    {
        var texts = Of(programme, version).Sections.SelectMany(section => section.Questions
            .SelectMany(question => new[] { question.Text, question.Hint }.Concat((question.Choices ?? []).Select(choice => choice.Names)))
            .OfType<IReadOnlyDictionary<string, string>>().Append(section.Names)).ToList();
        foreach (var text in texts)
        {
            Assert.Equal(SpokenLanguages.All.Select(language => language.Code).Order(), text.Keys.Order());
            Assert.Equal(text.Count, text.Values.Distinct().Count() + (text["en"] is "No" ? 1 : 0));
            Assert.All(text.Values, value => Assert.False(string.IsNullOrWhiteSpace(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Codes_name_one_question_and_conditions_one_that_was_asked_before(string programme, int version)
    {
        var questionnaire = Of(programme, version);
        var components = questionnaire.Programmes.SelectMany(code => ProgrammeCatalogue.Embedded.Find(code)!.Components).Select(component => component.Code).ToHashSet();
        var before = new HashSet<string>();
        foreach (var question in questionnaire.Sections.SelectMany(section => section.Questions))
        {
            Assert.Contains(question.Kind, (string[])["text", "yes-no", "choice", "number", "date"]);
            Assert.Equal(question.Kind == "choice", question.Choices is { Count: > 1 });
            Assert.True(question.When is null || (before.Contains(question.When.Question) && question.When.Is is "yes" or "no"));
            Assert.All(question.Components ?? [], component => Assert.Contains(component, components));
            Assert.True(before.Add(question.Code), question.Code);
        }
    }

    private static Questionnaire Of(string programme, int version) => QuestionnaireCatalogue.Embedded.Find(programme, version)!;
}
