using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>A step of the history, told without who the officers are.</summary>
public sealed record ShownStep(string Day, string What, string By, string? Ground, string? LegalGround, string Icon)
{
    internal static ShownStep Of(AeoStep step, Wording words) => new(
        OwnAeo.Day(step.Act == AeoAct.Extend ? step.Component.ExtendedOn ?? step.Component.EffectiveFrom : step.Component.EffectiveFrom),
        words[$"AeoHolder.act.{step.Act.ToCode()}"],
        words[$"AeoHolder.by.{step.TakenBy.ToCode()}"],
        step.Component.SuspensionGround is { } ground && step.Act == AeoAct.Suspend ? words[$"AeoHolder.ground.{ground.ToCode()}"] : null,
        step.LegalGround,
        ShownComponent.IconOf(step.Component.Status));
}
