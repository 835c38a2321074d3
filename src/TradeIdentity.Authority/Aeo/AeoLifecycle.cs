using static TradeIdentity.Authority.Aeo.AeoAct;
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

    /// <summary>
    /// Officers: how many must decide (two: proposer and approver; 0: none may, it comes from a register only).
    /// Register: whether an import may bring it.
    /// </summary>
    public static IReadOnlyList<AeoTransition> Transitions { get; } =
    [
        // act             from                                              to                officers register
        .. Rows(Open, [null, Rejected, Refused, Relinquished, Expired, Revoked], Draft, 1, false),
        .. Rows(Submit, [Draft], Submitted, 1, false),
        .. Rows(Accept, [Submitted], Accepted, 1, false),
        .. Rows(Reject, [Submitted], Rejected, 1, false),
        .. Rows(VerifyIdentity, [Accepted], IdentityVerified, 1, false),
        .. Rows(AssessRisk, [IdentityVerified], RiskAssessed, 1, false),
        .. Rows(Grant, [RiskAssessed], Granted, 2, false),
        .. Rows(Refuse, [RiskAssessed], Refused, 1, false),
        .. Rows(Suspend, [Granted], Suspended, 2, true),
        .. Rows(Lift, [Suspended], Granted, 2, true),
        .. Rows(Revoke, [Granted, Suspended], Revoked, 2, true),
        .. Rows(Relinquish, [Granted, Suspended], Relinquished, 1, true),
        .. Rows(Expire, [Granted, Suspended], Expired, 1, true),
        .. Rows(Supersede, [Granted, Suspended], Superseded, 1, true),

        // What another register decided while this one held nothing in force. An application that runs here is not overtaken.
        .. Rows(TakeOver, [null, Rejected, Refused, Relinquished, Expired, Revoked], Granted, 0, true),
        .. Rows(TakeOver, [null, Rejected, Refused, Relinquished, Expired, Revoked], Suspended, 0, true),
        .. Rows(TakeOver, [null], Revoked, 0, true),
        .. Rows(TakeOver, [null], Relinquished, 0, true),
        .. Rows(TakeOver, [null], Expired, 0, true),
        .. Rows(TakeOver, [null], Superseded, 0, true),
        .. Rows(Amend, [Granted], Granted, 0, true),
        .. Rows(Amend, [Suspended], Suspended, 0, true),
    ];

    /// <summary>Whether a state is what a register can give: in force, or ended after it was; not the state of an application.</summary>
    public static bool IsDecided(AeoStatus status) =>
        Transitions.Any(way => way.Act == TakeOver && way.To == status);

    /// <summary>The officers' way out of a state, or null.</summary>
    public static AeoTransition? ByOfficers(AeoAct act, AeoStatus? from) =>
        Transitions.FirstOrDefault(way => way.Act == act && way.From == from && way.Officers > 0);

    /// <summary>The way on which an import brings a component from one state to another, or null.</summary>
    public static AeoTransition? ByRegister(AeoStatus? from, AeoStatus to) =>
        Transitions.FirstOrDefault(way => way.From == from && way.To == to && way.Register);

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
        var held = way.Act is Open or Grant or TakeOver ? null : current;
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
            EffectiveFrom = move.EffectiveFrom,
            EffectiveUntil = move.EffectiveUntil ?? held?.EffectiveUntil,
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

        if (current?.Status == Revoked && move.EffectiveFrom < current.EffectiveFrom.AddYears(YearsBarredByRevocation))
        {
            return new Refusal(
                "aeo_barred",
                $"{move.Component} was revoked from {current.EffectiveFrom:O}: no new application for {YearsBarredByRevocation} years.");
        }

        return null;
    }

    private static DateOnly? GrantedFrom(AeoTransition way, AeoComponent? held, AeoMove move) => way switch
    {
        { Act: Grant } or { Act: TakeOver, To: Granted } => move.EffectiveFrom,
        // A register corrects the date of a grant that was never suspended.
        { Act: Amend, To: Granted } when held!.GrantedFrom == held.EffectiveFrom => move.EffectiveFrom,
        _ => held?.GrantedFrom,
    };

    private static IEnumerable<AeoTransition> Rows(AeoAct act, AeoStatus?[] from, AeoStatus to, int officers, bool register) =>
        from.Select(state => new AeoTransition(act, state, to, officers, register));
}
