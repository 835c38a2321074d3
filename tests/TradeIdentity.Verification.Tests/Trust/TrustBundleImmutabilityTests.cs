using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Verification.Tests.Trust;

public sealed class TrustBundleImmutabilityTests
{
    [Fact]
    public void The_statuses_of_a_verified_bundle_cannot_be_changed_through_its_content()
    {
        using var issuer = new TestIssuer();
        var bundle = issuer.Trust();

        var statuses = bundle.Content.StatusLists[0].Statuses;

        Assert.Throws<InvalidOperationException>(() => statuses.Set(0, (int)StatusValue.Valid));
        statuses.Clone().Set(0, (int)StatusValue.Revoked);
        Assert.Equal((int)StatusValue.Valid, statuses.Get(0));
    }
}
