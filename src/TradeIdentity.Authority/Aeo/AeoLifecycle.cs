using static TradeIdentity.Authority.Aeo.AeoAct;
using static TradeIdentity.Authority.Aeo.AeoDecider;
using static TradeIdentity.Authority.Aeo.AeoStatus;

namespace TradeIdentity.Authority.Aeo;

/// <summary>
/// The states of an AEO component and every way from one to another. Officers' decisions and imports of another register's
/// decisions go through here alike; nothing else makes a state.
/// </summary>
public static class AeoLifecycle
{
    // Union Customs Code, article 23, with Delegated Regulation 2015/2446, article 11: three years after a revocation.
    private const int YearsBarredByRevocation = 3;

    /// <summary>The whole life. What is not a line of it cannot be done.</summary>
    public static IReadOnlyList<AeoTransition> Transitions { get; } =
    [
        // act             from                                                to                who may take it
        .. Rows(Open, [null, Rejected, Refused, Withdrawn, Relinquished, Expired, Revoked], Draft, Holder | Officer),
        .. Rows(Submit, [Draft], Submitted, Holder | Officer),
        .. Rows(Accept, [Submitted], Accepted, Officer),
        .. Rows(Reject, [Submitted], Rejected, Officer),
        .. Rows(VerifyIdentity, [Accepted], IdentityVerified, Officer),
        .. Rows(AssessRisk, [IdentityVerified], RiskAssessed, Officer),
        .. Rows(Extend, [Accepted], Accepted, Officer),
        .. Rows(Extend, [IdentityVerified], IdentityVerified, Officer),
        .. Rows(Extend, [RiskAssessed], RiskAssessed, Officer),
        .. Rows(AskInformation, [Submitted], Submitted, Officer),
        .. Rows(AskInformation, [Accepted], Accepted, Officer),
        .. Rows(AskInformation, [IdentityVerified], IdentityVerified, Officer),
        .. Rows(AskInformation, [RiskAssessed], RiskAssessed, Officer),
        .. Rows(Grant, [RiskAssessed], Granted, TwoOfficers),
        .. Rows(Refuse, [RiskAssessed], Refused, Officer),
        .. Rows(Withdraw, [Draft, Submitted, Accepted, IdentityVerified, RiskAssessed], Withdrawn, Holder),
        .. Rows(Reassess, [Granted], Granted, Officer),
        .. Rows(Reassess, [Suspended], Suspended, Officer),
        .. Rows(Uphold, [Granted], Granted, Officer),
        .. Rows(Uphold, [Suspended], Suspended, Officer),
        .. Rows(Suspend, [Granted], Suspended, TwoOfficers | Register),
        .. Rows(Lift, [Suspended], Granted, TwoOfficers | Register),
        .. Rows(Revoke, [Granted, Suspended], Revoked, TwoOfficers | Register),
        .. Rows(Relinquish, [Granted, Suspended], Relinquished, Holder | Officer | Register),
        .. Rows(Expire, [Granted, Suspended], Expired, Officer | Register),
        .. Rows(Supersede, [Granted, Suspended], Superseded, Officer | Register | Succession),

        // What another register decided while this one held nothing in force. An application that runs here is not overtaken.
        .. Rows(TakeOver, [null, Rejected, Refused, Withdrawn, Relinquished, Expired, Revoked], Granted, Register),
        .. Rows(TakeOver, [null, Rejected, Refused, Withdrawn, Relinquished, Expired, Revoked], Suspended, Register),
        .. Rows(TakeOver, [null], Revoked, Register),
        .. Rows(TakeOver, [null], Relinquished, Register),
        .. Rows(TakeOver, [null], Expired, Register),
        .. Rows(TakeOver, [null], Superseded, Register),

        // Under another number the operator holds what it held, and is barred by what barred it.
        .. Rows(CarryOver, [null, Rejected, Refused, Withdrawn, Relinquished, Expired], Granted, Succession),
        .. Rows(CarryOver, [null, Rejected, Refused, Withdrawn, Relinquished, Expired], Suspended, Succession),
        .. Rows(CarryOver, [null], Revoked, Succession),

        .. Rows(Amend, [Granted], Granted, Register),
        .. Rows(Amend, [Suspended], Suspended, Register),
    ];

    /// <summary>Whether a state is what a register can give: in force, or ended after it was; not the state of an application.</summary>
    public static bool IsDecided(AeoStatus status) =>
        Transitions.Any(way => way.Act == TakeOver && way.To == status);

    /// <summary>The way that an act of officers or of the holder takes out of a state, or null.</summary>
    public static AeoTransition? Find(AeoAct act, AeoStatus? from) =>
        Transitions.FirstOrDefault(way => way.Act == act && way.From == from && way.IsAct);

    /// <summary>What officers or the holder can do with a component that the operator never had.</summary>
    public static IEnumerable<AeoTransition> First => Transitions.Where(way => way.From is null && way.IsAct);

    /// <summary>Whether an application runs, and with it the authority's clock.</summary>
    public static bool IsRunning(AeoStatus status) => status is Submitted or Accepted or IdentityVerified or RiskAssessed;

    /// <summary>What officers or the holder can do next, on <paramref name="today"/>.</summary>
    public static IEnumerable<AeoTransition> Next(AeoComponent component, DateOnly today) => Transitions.Where(way =>
        way.From == component.Status && way.IsAct
        && (way.Act != Extend || (component.ExtendedOn is null && component.DueOn >= today))
        && (way.Act != Reassess || component.DueOn is null)
        && (way.Act != Uphold || component.DueOn is not null)
        && (way.Act != Open || !(today < BarredUntil(component))));

    /// <summary>The way on which an import brings a component from one state to another, or null.</summary>
    public static AeoTransition? ByRegister(AeoStatus? from, AeoStatus to) =>
        Transitions.FirstOrDefault(way => way.From == from && way.To == to && way.By.HasFlag(Register));

    /// <summary>The way on which a succession brings a component from one state to another, or null.</summary>
    public static AeoTransition? BySuccession(AeoStatus? from, AeoStatus to) =>
        Transitions.FirstOrDefault(way => way.From == from && way.To == to && way.By.HasFlag(AeoDecider.Succession));

    /// <summary>Whether an authorisation is held in that state, its benefits suspended or not.</summary>
    public static bool IsHeld(AeoStatus? status) => status is Granted or Suspended;

    /// <summary>The first day on which an application can be opened again after a revocation; null where nothing bars one.</summary>
    public static DateOnly? BarredUntil(AeoComponent? current) =>
        current?.Status == Revoked ? current.EffectiveFrom.AddYears(YearsBarredByRevocation) : null;

    /// <summary>Takes a way: the component as it is after it, or why it cannot be taken.</summary>
    public static Outcome<AeoComponent> Take(AeoTransition way, AeoComponent? current, AeoMove move)
    {
        if (way.From != current?.Status)
        {
            throw new ArgumentException("The way begins in another state.", nameof(way));
        }

        if (Refuses(way, current, move) is { } refusal)
        {
            return refusal;
        }

        // An authorisation begins afresh with a grant here or taken over; until then, what a move does not state stays.
        var held = way.Act is Open or Grant or TakeOver or CarryOver ? null : current;
        return new AeoComponent
        {
            Programme = move.Programme,
            Component = move.Component,
            QrCode = move.QrCode,
            Tier = move.Tier ?? held?.Tier,
            Status = way.To,
            SuspensionGround = way.To == Suspended ? move.SuspensionGround ?? held?.SuspensionGround : null,
            AuthorisationNumber = move.AuthorisationNumber ?? held?.AuthorisationNumber,
            GrantedFrom = GrantedFrom(way, held, move),
            DecidedOn = move.DecidedOn ?? (way.Act == Amend ? held?.DecidedOn : null),
            // A notice that it takes longer, a question or a re-assessment leaves the state as long as it has been.
            EffectiveFrom = way.Act is Extend or AskInformation or Reassess or Uphold ? current!.EffectiveFrom : move.EffectiveFrom,
            EffectiveUntil = move.EffectiveUntil ?? held?.EffectiveUntil,
            DueOn = DueOn(way, current, move),
            ExtendedOn = way.Act == Extend ? move.EffectiveFrom : IsRunning(way.To) ? current?.ExtendedOn : null,
            Step = (current?.Step ?? 0) + 1,
        };
    }

    private static Refusal? Refuses(AeoTransition way, AeoComponent? current, AeoMove move)
    {
        if (move.EffectiveUntil < move.EffectiveFrom)
        {
            return new Refusal("aeo_dates_out_of_order", $"{move.Component}: effectiveUntil is before effectiveFrom.");
        }

        if (way.Act != Amend && move.EffectiveFrom < current?.EffectiveFrom)
        {
            return new Refusal(
                "aeo_dates_out_of_order",
                $"{move.Component}: {way.To.ToCode()} from {move.EffectiveFrom:O} is before {current.Status.ToCode()} from {current.EffectiveFrom:O}.");
        }

        if (way.Act == Extend && (current?.DueOn is null || current.ExtendedOn is not null || move.Clock is null || move.EffectiveFrom > current.DueOn))
        {
            return new Refusal("aeo_not_extendable", $"{move.Component}: the time to decide is prolonged once, before it has run out.");
        }

        if ((way.Act == Reassess && current?.DueOn is not null) || (way.Act == Uphold && current?.DueOn is null))
        {
            return new Refusal("aeo_not_reassessable", way.Act == Reassess ? $"{move.Component}: a re-assessment is open." : $"{move.Component}: no re-assessment is open.");
        }

        if (move.EffectiveFrom < BarredUntil(current))
        {
            return new Refusal(
                "aeo_barred",
                $"{move.Component} was revoked from {current!.EffectiveFrom:O}: no new application for {YearsBarredByRevocation} years.");
        }

        return null;
    }

    private static DateOnly? DueOn(AeoTransition way, AeoComponent? current, AeoMove move) => way.Act switch
    {
        // Union Customs Code, article 22(2): 30 days to accept. Delegated Regulation 2015/2446, article 28: 120 to decide, and 60 more.
        Submit => move.Clock is { } clock ? move.EffectiveFrom.AddDays(clock.AcceptanceDays) : null,
        Accept => move.Clock is { } clock ? move.EffectiveFrom.AddDays(clock.DecisionDays) : null,
        Extend => current!.DueOn!.Value.AddDays(move.Clock!.ExtensionDays),
        // Delegated Regulation 2015/2446, article 13(1): the time to decide is longer by the time that the applicant is given.
        AskInformation when move is { Clock.InformationProlongs: true, AnswerBy: { } day } => current?.DueOn?.AddDays(day.DayNumber - move.EffectiveFrom.DayNumber),
        Reassess => move.EffectiveFrom.AddDays(move.Clock?.ReassessmentDays ?? AeoClock.UsualReassessmentDays),
        Uphold => null,
        // A re-assessment goes on while what is held is suspended, and when that is lifted.
        _ => IsRunning(way.To) || (IsHeld(way.From) && IsHeld(way.To)) ? current?.DueOn : null,
    };

    private static DateOnly? GrantedFrom(AeoTransition way, AeoComponent? held, AeoMove move) => way switch
    {
        { Act: Grant } or { Act: TakeOver or CarryOver, To: Granted } => move.EffectiveFrom,
        // A register corrects the date of a grant that was never suspended.
        { Act: Amend, To: Granted } when held!.GrantedFrom == held.EffectiveFrom => move.EffectiveFrom,
        _ => held?.GrantedFrom,
    };

    private static IEnumerable<AeoTransition> Rows(AeoAct act, AeoStatus?[] from, AeoStatus to, AeoDecider by) =>
        from.Select(state => new AeoTransition(act, state, to, by));
}
