using System.Text.Json;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>What an applicant sends that answers everything it is asked.</summary>
internal static class Applications
{
    public static async Task<string> AnswersAsync(PersonHost host, string tin, string token, string component, string programme)
    {
        using var response = await host.GetAsync($"/api/v1/operators/{tin}/aeo/holder/questionnaire?component={component}&programme={programme}", bearer: token);
        var questions = (await OpenIdHost.JsonAsync(response)).GetProperty("sections").EnumerateArray().SelectMany(section => section.GetProperty("questions").EnumerateArray());
        var answers = questions.Where(question => question.GetProperty("asked").GetBoolean()).ToDictionary(
            question => question.GetProperty("code").GetString()!,
            question => question.GetProperty("kind").GetString() switch
            {
                "yes-no" => "no",
                "choice" => question.GetProperty("choices")[0].GetString(),
                "number" => "12",
                "date" => "2025-12-31",
                _ => "As described.",
            });
        return JsonSerializer.Serialize(new { component, programme, answers });
    }
}
