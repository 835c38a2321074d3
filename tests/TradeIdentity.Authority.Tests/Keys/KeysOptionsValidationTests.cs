using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Authority.Tests.Keys;

public class KeysOptionsValidationTests
{
    [Fact]
    public void Takes_what_the_options_are_by_default() =>
        Assert.True(new KeysOptionsValidation().Validate(null, new KeysOptions()).Succeeded);

    [Theory]
    [InlineData(365, -1, 730, "Keys:AnnounceDays")]
    [InlineData(14, 14, 730, "Keys:IssuingKeyDays")]
    [InlineData(365, 14, 0, "Keys:OverlapDays")]
    public void Refuses_terms_that_leave_no_time_and_names_the_key(int issuing, int announce, int overlap, string name)
    {
        var result = new KeysOptionsValidation().Validate(
            null, new KeysOptions { IssuingKeyDays = issuing, AnnounceDays = announce, OverlapDays = overlap });

        Assert.True(result.Failed);
        Assert.Contains(name, result.FailureMessage, StringComparison.Ordinal);
    }
}
