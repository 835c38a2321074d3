using TradeIdentity.Authority.Aeo;

namespace TradeIdentity.Server.Api;

/// <summary>Asks an applicant for information.</summary>
/// <param name="Component">E.g. <c>AEOC</c>.</param>
/// <param name="Question">1 to 2,000 characters.</param>
/// <param name="DueOn">The last day to answer, as far from today as the programme allows.</param>
/// <param name="Programme">Null: the programme of the operator's country.</param>
internal sealed record AeoQuestionBody(string Component, string Question, DateOnly DueOn, string? Programme = null);

/// <summary>Answers a request for information.</summary>
/// <param name="Answer">1 to 10,000 characters.</param>
internal sealed record AeoAnswerBody(string Answer);

/// <summary>A request for information with its answer. <c>daysLeft</c> is of one that is open, negative when it is late.</summary>
internal sealed record AeoRequestBody(
    string Id,
    string Tin,
    string Programme,
    string Component,
    int Step,
    string Question,
    DateOnly DueOn,
    int? DaysLeft,
    string? AskedBy,
    DateTimeOffset AskedAt,
    string State,
    string? Answer,
    string? SettledBy,
    DateTimeOffset? SettledAt)
{
    internal static AeoRequestBody Of(AeoRequest request, DateTimeOffset now) => new(
        request.Id,
        request.Tin.Value,
        request.Programme,
        request.Component,
        request.Step,
        request.Question,
        request.DueOn,
        request.State == AeoRequestState.Open ? request.DueOn.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber : null,
        request.AskedBy,
        request.AskedAt,
        request.State.ToCode(),
        request.Answer,
        request.SettledBy,
        request.SettledAt);

    /// <summary>To the holder the authority has asked, and not a person by name.</summary>
    internal AeoRequestBody ForHolder() => this with { AskedBy = null };
}

/// <summary>The newest requests of an operator.</summary>
internal sealed record AeoRequestListBody(IReadOnlyList<AeoRequestBody> Items);
