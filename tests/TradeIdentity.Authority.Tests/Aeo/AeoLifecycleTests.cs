using CsCheck;
using TradeIdentity.Authority.Aeo;
using static TradeIdentity.Authority.Aeo.AeoStatus;

namespace TradeIdentity.Authority.Tests.Aeo;

public class AeoLifecycleTests
{
    private static readonly DateOnly Day = new(2024, 1, 1);

    /// <summary>The drawing of the domain, arrow by arrow, kept apart from the product's table.</summary>
    private static readonly HashSet<(AeoStatus? From, AeoStatus To)> Arrows =
    [
        (null, Draft), (Draft, Submitted), (Submitted, Accepted), (Submitted, Rejected), (Accepted, IdentityVerified),
        (IdentityVerified, RiskAssessed), (RiskAssessed, Granted), (RiskAssessed, Refused), (Granted, Suspended), (Suspended, Granted),
        (Granted, Revoked), (Granted, Relinquished), (Granted, Expired), (Granted, Superseded),
        (Suspended, Revoked), (Suspended, Relinquished), (Suspended, Expired), (Suspended, Superseded),
        // A new application after an end; superseded has none, the successor holds the status.
        (Rejected, Draft), (Refused, Draft), (Relinquished, Draft), (Expired, Draft), (Revoked, Draft),
        // The applicant takes it back, and may apply again.
        (Draft, Withdrawn), (Submitted, Withdrawn), (Accepted, Withdrawn), (IdentityVerified, Withdrawn), (RiskAssessed, Withdrawn), (Withdrawn, Draft),
        // The notice that an application takes longer, and questions to the applicant.
        (Submitted, Submitted), (Accepted, Accepted), (IdentityVerified, IdentityVerified), (RiskAssessed, RiskAssessed),
        // A change can require that what is held is assessed anew.
        (Granted, Granted), (Suspended, Suspended),
    ];

    [Fact]
    public void Officers_can_take_the_arrows_of_the_domain_and_no_other()
    {
        var ways = from act in Enum.GetValues<AeoAct>()
                   from state in Enum.GetValues<AeoStatus>().Select(status => (AeoStatus?)status).Append(null)
                   let way = AeoLifecycle.Find(act, state)
                   where way is not null
                   select (way.From, way.To);

        Assert.Equal(Arrows.Order(), ways.Distinct().Order());
    }

    [Fact]
    public void Grant_suspension_its_lifting_and_revocation_take_two_officers_and_never_one() =>
        Assert.Equal(
            [AeoAct.Grant, AeoAct.Suspend, AeoAct.Lift, AeoAct.Revoke],
            AeoLifecycle.Transitions.Where(way => way.TakesTwoOfficers && (way.By & (AeoDecider.Officer | AeoDecider.Holder)) == 0).Select(way => way.Act).Distinct());

    [Fact]
    public void The_holder_applies_and_gives_up_and_does_nothing_else() =>
        Assert.Equal(
            [AeoAct.Open, AeoAct.Submit, AeoAct.Withdraw, AeoAct.Relinquish],
            AeoLifecycle.Transitions.Where(way => way.By.HasFlag(AeoDecider.Holder)).Select(way => way.Act).Distinct());

    [Fact]
    public void Every_way_has_somebody_who_takes_it_and_one_way_leads_from_a_state_by_an_act()
    {
        Assert.DoesNotContain(AeoLifecycle.Transitions, way => way.By == AeoDecider.None);
        Assert.Equal(
            AeoLifecycle.Transitions.Count(way => way.Act is not (AeoAct.TakeOver or AeoAct.CarryOver)),
            AeoLifecycle.Transitions.Where(way => way.Act is not (AeoAct.TakeOver or AeoAct.CarryOver)).DistinctBy(way => (way.Act, way.From)).Count());
    }

    [Fact]
    public void Accepting_starts_the_clock_which_is_prolonged_once_and_ends_with_the_decision()
    {
        var clock = new AeoClock(30, 120, 60);
        var component = Take(AeoLifecycle.Find(AeoAct.Open, null)!, null, Move(Day));
        Assert.Null(component.DueOn);
        component = Take(AeoLifecycle.Find(AeoAct.Submit, Draft)!, component, Move(Day) with { Clock = clock });
        Assert.Equal(Day.AddDays(30), component.DueOn);
        component = Take(AeoLifecycle.Find(AeoAct.Accept, Submitted)!, component, Move(Day.AddDays(2)) with { Clock = clock });
        Assert.Equal((Day.AddDays(122), null), (component.DueOn, component.ExtendedOn));

        component = Take(AeoLifecycle.Find(AeoAct.VerifyIdentity, Accepted)!, component, Move(Day.AddDays(30)) with { Clock = clock });
        var extend = AeoLifecycle.Find(AeoAct.Extend, IdentityVerified)!;
        Assert.Equal("aeo_not_extendable", AeoLifecycle.Take(extend, component, Move(Day.AddDays(123)) with { Clock = clock }).Refusal?.Code);
        component = Take(extend, component, Move(Day.AddDays(122)) with { Clock = clock });
        Assert.Equal((Day.AddDays(182), Day.AddDays(122), Day.AddDays(30)), (component.DueOn, component.ExtendedOn, component.EffectiveFrom));
        Assert.Equal("aeo_not_extendable", AeoLifecycle.Take(extend, component, Move(Day.AddDays(122)) with { Clock = clock }).Refusal?.Code);

        component = Take(AeoLifecycle.Find(AeoAct.AssessRisk, IdentityVerified)!, component, Move(Day.AddDays(130)) with { Clock = clock });
        Assert.Equal((Day.AddDays(182), Day.AddDays(122)), (component.DueOn, component.ExtendedOn));
        component = Take(AeoLifecycle.Find(AeoAct.Grant, RiskAssessed)!, component, Move(Day.AddDays(140)) with { Clock = clock, AuthorisationNumber = "1" });
        Assert.Equal((null, null), (component.DueOn, component.ExtendedOn));
    }

    [Fact]
    public void A_reassessment_has_its_days_goes_through_a_suspension_and_ends_with_its_upholding_or_the_status()
    {
        var clock = new AeoClock(30, 120, 60, ReassessmentDays: 90);
        var granted = Take(AeoLifecycle.ByRegister(null, Granted)!, null, Move(Day) with { AuthorisationNumber = "1" });
        Assert.DoesNotContain(AeoLifecycle.Next(granted, Day), way => way.Act == AeoAct.Uphold);
        Assert.Equal("aeo_not_reassessable", AeoLifecycle.Take(AeoLifecycle.Find(AeoAct.Uphold, Granted)!, granted, Move(Day)).Refusal?.Code);
        var open = Take(AeoLifecycle.Find(AeoAct.Reassess, Granted)!, granted, Move(Day.AddDays(10)) with { Clock = clock });
        Assert.Equal((Day.AddDays(100), Day, Granted, "1"), (open.DueOn, open.EffectiveFrom, open.Status, open.AuthorisationNumber));
        Assert.DoesNotContain(AeoLifecycle.Next(open, Day), way => way.Act == AeoAct.Reassess);
        Assert.Equal("aeo_not_reassessable", AeoLifecycle.Take(AeoLifecycle.Find(AeoAct.Reassess, Granted)!, open, Move(Day.AddDays(11))).Refusal?.Code);

        var suspended = Take(AeoLifecycle.Find(AeoAct.Suspend, Granted)!, open, Move(Day.AddDays(20)) with { SuspensionGround = SuspensionGround.NonCompliance });
        var lifted = Take(AeoLifecycle.Find(AeoAct.Lift, Suspended)!, suspended, Move(Day.AddDays(30)));
        Assert.Equal((open.DueOn, open.DueOn), (suspended.DueOn, lifted.DueOn));
        Assert.Equal((null, Day.AddDays(30)), (Take(AeoLifecycle.Find(AeoAct.Uphold, Granted)!, lifted, Move(Day.AddDays(40))).DueOn, lifted.EffectiveFrom));
        Assert.Null(Take(AeoLifecycle.Find(AeoAct.Revoke, Granted)!, lifted, Move(Day.AddDays(40))).DueOn);
        // Where the programme has no clock it takes the usual time.
        Assert.Equal(Day.AddDays(120), Take(AeoLifecycle.Find(AeoAct.Reassess, Granted)!, granted, Move(Day)).DueOn);
    }

    [Fact]
    public void Where_the_programme_sets_no_time_there_is_none_to_prolong()
    {
        var accepted = Take(AeoLifecycle.Find(AeoAct.Accept, Submitted)!, Take(AeoLifecycle.Find(AeoAct.Submit, Draft)!, Take(AeoLifecycle.Find(AeoAct.Open, null)!, null, Move(Day)), Move(Day)), Move(Day));
        Assert.Null(accepted.DueOn);
        Assert.Equal("aeo_not_extendable", AeoLifecycle.Take(AeoLifecycle.Find(AeoAct.Extend, Accepted)!, accepted, Move(Day)).Refusal?.Code);
    }

    [Fact]
    public void Lifting_restores_exactly_what_the_suspension_took()
    {
        var granted = Take(AeoLifecycle.ByRegister(null, Granted)!, null, Move(Day) with
        {
            AuthorisationNumber = "NLAEOC1",
            Tier = "VALIDATED",
            EffectiveUntil = Day.AddYears(5),
            DecidedOn = Day,
        });
        var suspended = Take(AeoLifecycle.Find(AeoAct.Suspend, Granted)!, granted, Move(Day.AddDays(9)) with { SuspensionGround = SuspensionGround.NonCompliance });
        var lifted = Take(AeoLifecycle.Find(AeoAct.Lift, Suspended)!, suspended, Move(Day.AddDays(20)) with { DecidedOn = Day });

        Assert.Equal(SuspensionGround.NonCompliance, suspended.SuspensionGround);
        Assert.False(suspended.IsGrantedOn(Day.AddDays(10)));
        Assert.Equal(granted with { EffectiveFrom = Day.AddDays(20), Step = 3 }, lifted);
    }

    [Theory]
    [InlineData(-1, "aeo_dates_out_of_order")]
    [InlineData(0, "aeo_barred")]
    [InlineData((3 * 365) - 1, "aeo_barred")]
    [InlineData(3 * 365, null)]
    public void After_a_revocation_no_new_application_for_three_years(int days, string? code)
    {
        // 2025 to 2027 has no leap day.
        var revoked = Take(AeoLifecycle.ByRegister(null, Revoked)!, null, Move(new DateOnly(2025, 1, 1)));
        foreach (var way in new[] { AeoLifecycle.Find(AeoAct.Open, Revoked)!, AeoLifecycle.ByRegister(Revoked, Granted)! })
        {
            Assert.Equal(code, AeoLifecycle.Take(way, revoked, Move(new DateOnly(2025, 1, 1).AddDays(days))).Refusal?.Code);
        }
    }

    [Fact]
    public void A_random_walk_keeps_to_the_arrows_and_its_dates_in_order() =>
        Gen.Select(Gen.Enum<AeoAct>(), Gen.Int[-2, 400]).List[1, 60].Sample(walk =>
        {
            AeoComponent? current = null;
            var steps = 0;
            foreach (var (act, days) in walk)
            {
                if (AeoLifecycle.Find(act, current?.Status) is not { } way)
                {
                    continue;
                }

                Assert.Contains((current?.Status, way.To), Arrows);
                var move = Move((current?.EffectiveFrom ?? Day).AddDays(days));
                if (AeoLifecycle.Take(way, current, move).TryGet(out var next, out _))
                {
                    Assert.True(current is null || next.EffectiveFrom >= current.EffectiveFrom);
                    Assert.Equal(++steps, next.Step);
                    current = next;
                }
            }
        });

    private static AeoMove Move(DateOnly from) => new() { Programme = "EU-AEO", Component = "AEOC", QrCode = 1, EffectiveFrom = from };

    private static AeoComponent Take(AeoTransition way, AeoComponent? current, AeoMove move)
    {
        Assert.True(AeoLifecycle.Take(way, current, move).TryGet(out var next, out var refusal), refusal?.Code);
        return next;
    }
}
