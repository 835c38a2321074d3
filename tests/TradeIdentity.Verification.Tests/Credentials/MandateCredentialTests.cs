using System.Text.Json;
using TradeIdentity.Codecs.StatusLists;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests.Credentials;

/// <summary>A mandate in a QR code is as good as the worst of its links, with no network.</summary>
public sealed class MandateCredentialTests : IDisposable
{
    private readonly TestIssuer _issuer = new();

    [Theory]
    [InlineData("accepted", 1, 2, 3, 4)]
    [InlineData("rejected: mandate_broken", RevokedIndex, 2, 3, 4)]
    [InlineData("rejected: mandate_broken", 1, 2, RevokedIndex, 4)]
    [InlineData("rejected: mandate_broken", 1, 2, 3, RevokedIndex)]
    [InlineData("rejected: mandate_broken", 1, SuspendedIndex)]
    [InlineData("undetermined: status_unknown", 1, UnknownIndex)]
    [InlineData("undetermined: status_unknown", ListLength)]
    [InlineData("undetermined: status_unknown", RevokedIndex, UnknownIndex)]
    public void The_worst_link_decides(string verdict, params int[] indexes) => Assert.Equal(verdict, _issuer.Judge(Broker(indexes)));

    [Fact]
    public void The_credentials_own_status_is_said_first() => Assert.Equal(
        "rejected: revoked", _issuer.Judge(Broker(RevokedIndex) with { Status = new StatusReference(List, RevokedIndex + 100) }, Content(RevokedIndex + 100)));

    [Fact]
    public void A_broken_link_is_broken_however_old_the_news()
    {
        var late = Now.AddDays(30);
        Assert.Equal("rejected: mandate_broken", _issuer.Judge(Broker(1, RevokedIndex), at: late));
        Assert.Equal("undetermined: bundle_expired", _issuer.Judge(Broker(1, SuspendedIndex), at: late));
        Assert.Equal("undetermined: bundle_expired", _issuer.Judge(Broker(1), at: late));
    }

    [Fact]
    public void It_is_as_fresh_as_its_oldest_list()
    {
        var old = Snapshot(Now.AddHours(-5)) with { List = 2, Uri = "https://douane.example/status-lists/2" };
        var content = _issuer.Content() with { StatusLists = [Snapshot(Now), old] };
        var elsewhere = Broker(1) with { Mandate = Broker(1).Mandate! with { Links = [new MandateLinkClaim("NL1", "Company B.V.", new StatusReference(2, 1))] } };
        var policy = new VerificationPolicy { MaxStatusAge = TimeSpan.FromHours(1) };
        Assert.Equal("accepted", _issuer.Judge(Broker(1), content, policy: policy));
        Assert.Equal("undetermined: status_stale", _issuer.Judge(elsewhere, content, policy: policy));
        Assert.Equal("accepted", _issuer.Judge(elsewhere, content));
    }

    [Fact]
    public void A_verdict_says_for_whom_in_whose_name_through_whom_and_which_link_is_broken()
    {
        var verdict = OfflineVerifier.Verify(_issuer.Text(Broker(1, RevokedIndex)), _issuer.Trust(), Now);
        using var json = JsonDocument.Parse(verdict.ToJson());
        var mandate = json.RootElement.GetProperty("credential").GetProperty("mandate");
        Assert.Equal(
            """{"representation":"indirect","chain":[{"tin":"NL000000000","legalName":"Company 0 B.V.","status":"valid"},{"tin":"NL000000001","legalName":"Company 1 B.V.","status":"revoked"}],"limits":{"declarations":["import","transit"],"procedures":["40","4071"],"places":["NLRTM"],"value":{"amount":250000,"currency":"EUR"}}}""",
            mandate.GetRawText());
        Assert.Equal("mandate_broken", json.RootElement.GetProperty("reason").GetString());
    }

    [Fact]
    public void A_person_is_named_and_belongs_to_who_granted_the_last_link()
    {
        var person = Broker(1, 2) with { Tin = "NL000000001" };
        person = person with { Mandate = person.Mandate! with { Bearer = "Ada Example" } };
        Assert.Equal("accepted", _issuer.Judge(person));
        Assert.Equal("rejected: malformed", _issuer.Judge(person with { Tin = "NLBROKER9" }));
        Assert.Equal("rejected: malformed", _issuer.Judge(person with { Tin = "NL000000000" }));
    }

    [Fact]
    public void What_is_no_chain_is_not_read()
    {
        var good = Broker(1, 2);
        var links = good.Mandate!.Links;
        Credential[] bad =
        [
            good with { Mandate = null }, good with { Type = CredentialTypes.AeoStatus }, good with { Tin = links[0].Tin }, good with { Tin = links[1].Tin },
            With([]), With([.. links, links[0] with { Status = new(List, 9) }]), With([links[0], links[1] with { Status = links[0].Status }]),
            With([.. Broker(1, 2, 3, 4, 5).Mandate!.Links]), With([links[0] with { Tin = "nl" }]), With([links[0] with { LegalName = "" }]), With([links[0] with { LegalName = "A\u202EB" }]),
            With([links[0] with { Status = new(0, 1) }]), good with { Mandate = good.Mandate with { Representation = 0 } }, good with { Mandate = good.Mandate with { Representation = (Representation)3 } },
            Limited(new() { Declarations = [0] }), Limited(new() { Declarations = [4, 4] }), Limited(new() { Procedures = ["4"] }), Limited(new() { Procedures = ["40", "40"] }),
            Limited(new() { Places = ["Rotterdam"] }), Limited(new() { Value = 0, Currency = "EUR" }), Limited(new() { Value = 1, Currency = "EURO" }), Limited(new() { Value = 2_000_000_000_000, Currency = "EUR" }),
        ];
        Assert.True(CredentialReader.TryRead(CredentialWriter.Write(good), out _));
        Assert.All(bad, credential => Assert.False(CredentialReader.TryRead(CredentialWriter.Write(credential), out _)));

        Credential With(IReadOnlyList<MandateLinkClaim> of) => good with { Mandate = good.Mandate with { Links = of } };
        Credential Limited(MandateLimits limits) => good with { Mandate = good.Mandate with { Limits = limits } };
    }

    [Fact]
    public void Four_links_with_long_names_and_limits_fit_a_code_that_prints()
    {
        var chain = Broker(1, 2, 3, 4);
        chain = chain with { Mandate = chain.Mandate! with { Links = [.. chain.Mandate!.Links.Select(link => link with { LegalName = new string('N', 40), Status = new StatusReference(40, 130_000 + link.Status.Index) })], Bearer = new string('B', 30) }, Tin = "NL000000003" };
        // Version 20 at M: 970 characters.
        Assert.InRange(_issuer.Text(chain).Length, 1, 970);
    }

    public void Dispose() => _issuer.Dispose();

    private BundleContent Content(int revoked)
    {
        var statuses = Statuses;
        statuses.Set(revoked, (int)StatusValue.Revoked);
        return _issuer.Content() with { StatusLists = [Snapshot(Now) with { Statuses = statuses }] };
    }
}
