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
    ];

    [Fact]
    public void Officers_can_take_the_arrows_of_the_domain_and_no_other()
    {
        var ways = from act in Enum.GetValues<AeoAct>()
                   from state in Enum.GetValues<AeoStatus>().Select(status => (AeoStatus?)status).Append(null)
                   let way = AeoLifecycle.ByOfficers(act, state)
                   where way is not null
                   select (way.From, way.To);

        Assert.Equal(Arrows.Order(), ways.Order());
    }

    [Theory]
    [InlineData(AeoAct.Grant, 2)]
    [InlineData(AeoAct.Suspend, 2)]
    [InlineData(AeoAct.Lift, 2)]
    [InlineData(AeoAct.Revoke, 2)]
    [InlineData(AeoAct.Relinquish, 1)]
    public void Grant_suspension_its_lifting_and_revocation_take_two_officers(AeoAct act, int officers) =>
        Assert.All(AeoLifecycle.Transitions.Where(way => way.Act == act), way => Assert.Equal(officers, way.Officers));

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
        var suspended = Take(AeoLifecycle.ByOfficers(AeoAct.Suspend, Granted)!, granted, Move(Day.AddDays(9)) with { SuspensionGround = SuspensionGround.NonCompliance });
        var lifted = Take(AeoLifecycle.ByOfficers(AeoAct.Lift, Suspended)!, suspended, Move(Day.AddDays(20)) with { DecidedOn = Day });

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
        foreach (var way in new[] { AeoLifecycle.ByOfficers(AeoAct.Open, Revoked)!, AeoLifecycle.ByRegister(Revoked, Granted)! })
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
                if (AeoLifecycle.ByOfficers(act, current?.Status) is not { } way)
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
