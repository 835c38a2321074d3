using TradeIdentity.Authority.Aeo;

namespace TradeIdentity.Server.Api;

/// <summary>An application that waits for the authority. <c>daysLeft</c> is negative when it is late; <c>ageDays</c> is of its state;
/// <c>answerBy</c>: information was asked for until that day.</summary>
internal sealed record AeoApplicationBody(
    string Tin, string LegalName, string Programme, string Component, string Status, DateOnly Since, int AgeDays, DateOnly DueOn, int DaysLeft, DateOnly? ExtendedOn, DateOnly? AnswerBy, DateOnly? AnsweredOn)
{
    internal static AeoApplicationBody Of(AeoApplication application, DateOnly today)
    {
        var component = application.Component;
        return new AeoApplicationBody(
            application.Tin.Value,
            application.LegalName,
            component.Programme,
            component.Component,
            component.Status.ToCode(),
            component.EffectiveFrom,
            Math.Max(0, today.DayNumber - component.EffectiveFrom.DayNumber),
            component.DueOn!.Value,
            component.DueOn.Value.DayNumber - today.DayNumber,
            component.ExtendedOn,
            application.AnswerBy,
            application.AnsweredOn);
    }
}

/// <summary>Applications, and how many there are in all; the next page has this cursor, the last page none.</summary>
internal sealed record AeoApplicationPageBody(IReadOnlyList<AeoApplicationBody> Items, string? NextCursor, int Total)
{
    internal static AeoApplicationPageBody Of(AeoApplicationPage page, DateOnly today) =>
        new([.. page.Applications.Select(application => AeoApplicationBody.Of(application, today))], page.NextCursor, page.Total);
}
