using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Server.Api;

/// <summary>A decision on a component, taken or proposed.</summary>
/// <param name="Component">E.g. <c>AEOC</c>.</param>
/// <param name="Act">E.g. <c>accept</c>; see the table of docs/aeo.md.</param>
/// <param name="LegalGround">The provision and the reasons, 1 to 2,000 characters.</param>
/// <param name="Programme">Null: the programme of the operator's country.</param>
/// <param name="Tier">Of a grant, in a component with tiers.</param>
/// <param name="Ground">Of a suspension: <c>suspected</c>, <c>non-compliance</c> or <c>holder-request</c>.</param>
/// <param name="AuthorisationNumber">Of a grant.</param>
/// <param name="EffectiveFrom">Null: today. Only of a grant it may be later than today.</param>
/// <param name="EffectiveUntil">Of a grant that ends: its last day.</param>
internal sealed record AeoDecisionBody(
    string Component,
    string Act,
    string LegalGround,
    string? Programme = null,
    string? Tier = null,
    string? Ground = null,
    string? AuthorisationNumber = null,
    DateOnly? EffectiveFrom = null,
    DateOnly? EffectiveUntil = null)
{
    internal Outcome<AeoDecision> ToDecision(Tin tin, DateOnly today)
    {
        if (!AeoCodes.TryParse(Act, out AeoAct act))
        {
            return new Refusal("aeo_act_unknown", "The act is none of the life of an AEO component.");
        }

        SuspensionGround? ground = null;
        if (Ground is not null)
        {
            if (!AeoCodes.TryParse(Ground, out SuspensionGround named))
            {
                return new Refusal("aeo_ground_invalid", "The ground is none of suspected, non-compliance, holder-request.");
            }

            ground = named;
        }

        return new AeoDecision
        {
            Tin = tin,
            Programme = Programme,
            Component = Component,
            Act = act,
            Tier = Tier,
            SuspensionGround = ground,
            AuthorisationNumber = AuthorisationNumber,
            EffectiveFrom = EffectiveFrom ?? today,
            EffectiveUntil = EffectiveUntil,
            LegalGround = LegalGround.Trim(),
        };
    }
}

/// <summary>An act of the holder, of today.</summary>
/// <param name="Component">E.g. <c>AEOC</c>.</param>
/// <param name="Act"><c>open</c>, <c>submit</c>, <c>withdraw</c> or <c>relinquish</c>.</param>
/// <param name="Reason">1 to 2,000 characters.</param>
/// <param name="Programme">Null: the programme of the operator's country.</param>
internal sealed record AeoHolderActBody(string Component, string Act, string Reason, string? Programme = null)
{
    internal Outcome<AeoDecision> ToDecision(Tin tin, DateOnly today) =>
        new AeoDecisionBody(Component, Act, Reason, Programme).ToDecision(tin, today);
}

/// <summary>Turns a proposal down.</summary>
/// <param name="Reason">1 to 2,000 characters, for the officer who proposed it.</param>
internal sealed record AeoTurnDownBody(string Reason);

/// <summary>An operator's AEO components, what can be done next, how they came to be as they are, and the credentials that state them.</summary>
internal sealed record AeoLifeBody(string Tin, IReadOnlyList<AeoComponentBody> Components, AeoCredentialsBody Credentials, IReadOnlyList<AeoStepBody> History)
{
    internal static AeoLifeBody Of(Operator @operator, AeoCredentialsInUse inUse, IReadOnlyList<AeoStep> history, DateOnly today) => new(
        @operator.Tin.Value,
        [.. @operator.Aeo.Select(component => AeoComponentBody.Of(component, today))],
        new AeoCredentialsBody(inUse.Valid, inUse.NeedsReissue),
        [.. history.Select(AeoStepBody.Of)]);

    /// <summary>To the holder the authority has decided, and not a person by name.</summary>
    internal AeoLifeBody ForHolder() => this with { History = [.. History.Select(step => step with { ProposedBy = null, ApprovedBy = null })] };
}

/// <summary>AeoStatus credentials: how many are valid, and whether none of them says what is, so that one has to be issued.</summary>
internal sealed record AeoCredentialsBody(int Valid, bool NeedsReissue);

/// <summary>A component as it is now. <c>dueOn</c> is the last day to decide on the application that runs.</summary>
internal sealed record AeoComponentBody(
    string Programme,
    string Component,
    string? Tier,
    string Status,
    string? Ground,
    string? AuthorisationNumber,
    DateOnly? GrantedFrom,
    DateOnly? DecidedOn,
    DateOnly EffectiveFrom,
    DateOnly? EffectiveUntil,
    DateOnly? DueOn,
    DateOnly? ExtendedOn,
    int Step,
    IReadOnlyList<AeoNextActBody> NextActs)
{
    internal static AeoComponentBody Of(AeoComponent component, DateOnly today) => new(
        component.Programme,
        component.Component,
        component.Tier,
        component.Status.ToCode(),
        component.SuspensionGround?.ToCode(),
        component.AuthorisationNumber,
        component.GrantedFrom,
        component.DecidedOn,
        component.EffectiveFrom,
        component.EffectiveUntil,
        component.DueOn,
        component.ExtendedOn,
        component.Step,
        [.. AeoLifecycle.Next(component, today).Select(AeoNextActBody.Of)]);
}

/// <summary>What can be done from here, and by whom: <c>holder</c>, <c>officer</c>, <c>two-officers</c>, <c>register</c>.</summary>
internal sealed record AeoNextActBody(string Act, string To, IReadOnlyList<string> By)
{
    internal static AeoNextActBody Of(AeoTransition way) => new(way.Act.ToCode(), way.To.ToCode(), [.. AeoCodes.Each(way.By)]);
}

/// <summary>A step of a component's history.</summary>
internal sealed record AeoStepBody(
    string Programme,
    string Component,
    int Step,
    string Act,
    string? From,
    string To,
    string TakenBy,
    string? ProposedBy,
    string? ApprovedBy,
    string? Ground,
    string? LegalGround,
    string? Source,
    DateOnly? DecidedOn,
    DateOnly EffectiveFrom,
    DateOnly? EffectiveUntil,
    DateOnly? DueOn,
    DateTimeOffset RecordedAt)
{
    internal static AeoStepBody Of(AeoStep step) => new(
        step.Component.Programme,
        step.Component.Component,
        step.Component.Step,
        step.Act.ToCode(),
        step.From?.ToCode(),
        step.Component.Status.ToCode(),
        step.TakenBy.ToCode(),
        step.ProposedBy,
        step.ApprovedBy,
        step.Component.SuspensionGround?.ToCode(),
        step.LegalGround,
        step.Source,
        step.Component.DecidedOn,
        step.Component.EffectiveFrom,
        step.Component.EffectiveUntil,
        step.Component.DueOn,
        step.RecordedAt);
}
