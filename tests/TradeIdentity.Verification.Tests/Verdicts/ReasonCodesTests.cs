using System.Text.RegularExpressions;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Verification.Tests.Verdicts;

public sealed partial class ReasonCodesTests
{
    // interfaces: the codes that scripts and integrators rely on. A code is never changed or dropped.
    private static readonly string[] Promised =
    [
        "malformed", "unsupported_envelope", "algorithm_not_allowed", "issuer_unknown", "issuer_not_authorised", "signature_invalid",
        "not_yet_valid", "expired", "revoked", "suspended", "status_stale", "status_unknown", "bundle_expired",
        "bundle_signature_invalid", "bundle_rollback", "clock", "mandate_broken", "replayed", "holder_binding_invalid",
    ];

    private static string[] All =>
        [.. Enum.GetValues<RejectionReason>().Select(reason => reason.Code()), .. Enum.GetValues<Doubt>().Select(doubt => doubt.Code())];

    [Fact]
    public void Every_promised_code_is_given() => Assert.Empty(Promised.Except(All));

    [Fact]
    public void Every_reason_has_a_code_of_its_own_in_one_form()
    {
        Assert.Equal(All.Length, All.Distinct().Count());
        Assert.All(All, code => Assert.Matches(Form(), code));
    }

    [Fact]
    public void Numbers_of_rejections_and_doubts_never_meet() =>
        Assert.Empty(Enum.GetValues<RejectionReason>().Select(r => (int)r).Intersect(Enum.GetValues<Doubt>().Select(d => (int)d)));

    [Fact]
    public void A_number_that_is_no_reason_has_no_code()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => default(RejectionReason).Code());
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Doubt).Code());
    }

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex Form();
}
