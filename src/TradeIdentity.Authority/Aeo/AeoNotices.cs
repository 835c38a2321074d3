using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>Tells the holder of a step of a component, in the transaction that records it.</summary>
internal static class AeoNotices
{
    internal static async Task GiveAsync(WriteTransaction tx, AeoStep step)
    {
        // A draft is the holder's own, and what a register reports was told by the one who decided it.
        if (step.TakenBy == AeoDecider.Register || step.Act == AeoAct.Open)
        {
            return;
        }

        await GiveNotice.ExecuteAsync(
            tx, [NoticeHolder.Of(step.Tin)], $"aeo-{step.Act.ToCode()}", $"{step.Component.Programme}/{step.Component.Component}", [.. Facts(step)], step.RecordedAt).ConfigureAwait(false);
    }

    private static IEnumerable<NoticeFact> Facts(AeoStep step)
    {
        var component = step.Component;
        yield return new("component", $"{component.Programme} {component.Component}{(component.Tier is { } tier ? $", {tier}" : "")}");
        yield return new("effective", NoticeWords.Write(component.EffectiveFrom));
        if (step.Act == AeoAct.Grant && component.AuthorisationNumber is { } number)
        {
            yield return new("number", number);
        }

        if (step.Act == AeoAct.Grant && component.EffectiveUntil is { } until)
        {
            yield return new("until", NoticeWords.Write(until));
        }

        if (step.Act == AeoAct.Suspend && component.SuspensionGround is { } ground)
        {
            yield return new("suspension", ground.ToCode());
        }

        if (component.DueOn is { } due)
        {
            yield return new("due", NoticeWords.Write(due));
        }

        if (step.LegalGround is { } legal)
        {
            yield return new("ground", legal);
        }
    }
}
