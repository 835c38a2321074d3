using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Browser.Tests;

/// <summary>Answers to all that an applicant is asked, for journeys that are about something else.</summary>
internal static class Answers
{
    public static async Task CompleteAsync(Browser browser, string tin, string component, string accountId)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var sheet = (await browser.Services.GetRequiredService<AnswerSheets>().FindAsync(Tin.Parse(tin), null, component, cancellation))
            .Match(found => found, refusal => throw new InvalidOperationException(refusal.Code));
        var given = sheet.Questionnaire.QuestionsFor(component).Where(question => question.When is null).ToDictionary(question => question.Code, question => (string?)Of(question));
        Assert.Null((await browser.Services.GetRequiredService<SaveAnswers>().ExecuteAsync(Tin.Parse(tin), null, component, given, accountId, cancellation)).Refusal);
    }

    private static string Of(Question question) => question.Kind switch
    {
        "yes-no" => "no",
        "choice" => question.Choices![0].Code,
        "number" => "12",
        "date" => "2025-12-31",
        _ => "As described.",
    };
}
