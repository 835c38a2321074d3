using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Authority.Keys;

/// <summary>The terms of keys must leave time to announce a successor; else the start is refused.</summary>
public sealed class KeysOptionsValidation : IValidateOptions<KeysOptions>
{
    public ValidateOptionsResult Validate(string? name, KeysOptions options) => options switch
    {
        { AnnounceDays: < 0 } => ValidateOptionsResult.Fail("Keys:AnnounceDays must not be negative."),
        _ when options.IssuingKeyDays <= options.AnnounceDays => ValidateOptionsResult.Fail("Keys:IssuingKeyDays must be more than Keys:AnnounceDays."),
        { OverlapDays: < 1 } => ValidateOptionsResult.Fail("Keys:OverlapDays must be at least 1."),
        _ => ValidateOptionsResult.Success,
    };
}
