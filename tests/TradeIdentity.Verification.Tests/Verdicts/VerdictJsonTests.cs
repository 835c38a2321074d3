using System.Text.Json;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests.Verdicts;

public sealed class VerdictJsonTests : IDisposable
{
    private readonly TestIssuer _issuer = new();

    [Fact]
    public void An_accepted_verdict_in_full() => Assert.Equal(
        """
        {"verdict":"accepted","reason":null,
        "credential":{"type":"AeoStatus","iss":"NL-DOUANE","legalName":"Noordzee Handel B.V.","tin":"NL854502130","jurisdiction":"NL",
        "identifiers":[{"scheme":"lei","value":"5493001KJTIIGC8Y1R12","evidence":"confirmed"},{"scheme":"eori","value":"NL854502130","evidence":"declared"}],
        "roles":["IM","EX"],
        "aeo":[{"component":"AEOC","programme":"EU-AEO","status":"granted","authorisationNumber":"NLAEOC00000123","effectiveFrom":"2024-05-01","effectiveUntil":"2027-04-30"}],
        "address":"Havenkade 12, 3011 AB Rotterdam","entityAssurance":"substantial",
        "issuedAt":"2026-02-28T12:00:00Z","notBefore":"2026-02-28T12:00:00Z","expiresAt":"2027-03-01T12:00:00Z",
        "statusReference":{"list":1,"index":4711}},
        "issuer":{"code":"NL-DOUANE","name":"Netherlands Customs"},
        "status":{"value":"valid","asOf":"2026-03-01T12:00:00Z","ageSeconds":7200},
        "recognition":[],"holderBinding":"none","at":"2026-03-01T14:00:00Z","bundleSequence":10}
        """.ReplaceLineEndings(""),
        OfflineVerifier.Verify(_issuer.Text(Company), _issuer.Trust(), Now.AddHours(2).ToOffset(TimeSpan.FromHours(1))).ToJson());

    [Fact]
    public void A_malformed_text_has_no_credential_and_no_issuer() => Assert.Equal(
        """{"verdict":"rejected","reason":"malformed","status":{"value":"unknown"},"recognition":[],"holderBinding":"none","at":"2026-03-01T12:00:00Z","bundleSequence":10}""",
        OfflineVerifier.Verify("TI1:X", _issuer.Trust(), Now).ToJson());

    [Fact]
    public void Without_a_bundle_there_is_no_sequence() => Assert.Equal(
        """{"verdict":"undetermined","reason":"bundle_rollback","status":{"value":"unknown"},"recognition":[],"holderBinding":"none","at":"2026-03-01T12:00:00Z"}""",
        Verdict.WithoutBundle(BundleFailure.Rollback, Now).ToJson());

    [Fact]
    public void A_signature_that_is_not_proven_names_no_issuer()
    {
        using var other = new TestKey();
        var text = Codecs.QrText.Ti1Text.Encode(other.Sign(CredentialWriter.Type, CredentialWriter.Write(Company)));
        var json = Parsed(OfflineVerifier.Verify(text, _issuer.Trust(), Now));
        Assert.Equal("issuer_unknown", json.GetProperty("reason").GetString());
        Assert.Equal("NL-DOUANE", json.GetProperty("credential").GetProperty("iss").GetString());
        Assert.False(json.TryGetProperty("issuer", out _));
    }

    [Theory]
    [InlineData(RevokedIndex, "rejected", "revoked", "revoked")]
    [InlineData(SuspendedIndex, "rejected", "suspended", "suspended")]
    [InlineData(UnknownIndex, "undetermined", "status_unknown", "unknown")]
    public void A_status_is_told_with_its_time_where_there_is_one(int index, string verdict, string reason, string status)
    {
        var json = Parsed(OfflineVerifier.Verify(_issuer.Text(Company with { Status = new StatusReference(List, index) }), _issuer.Trust(), Now));
        Assert.Equal(verdict, json.GetProperty("verdict").GetString());
        Assert.Equal(reason, json.GetProperty("reason").GetString());
        Assert.Equal(status, json.GetProperty("status").GetProperty("value").GetString());
        Assert.Equal(status != "unknown", json.GetProperty("status").TryGetProperty("asOf", out _));
        Assert.Equal(status != "unknown", json.GetProperty("status").TryGetProperty("ageSeconds", out _));
    }

    [Fact]
    public void What_is_not_in_the_credential_or_the_catalogue_is_left_out_or_numbered()
    {
        var bare = Company with
        {
            Type = CredentialTypes.LegalIdentity,
            Identifiers = [new IdentifierClaim(23, "1", true)],
            Roles = [],
            Address = null,
            EntityAssurance = null,
            Aeo = [new AeoComponentClaim(200, AeoComponentStatus.Suspended, "1", new DateOnly(2024, 5, 1))],
        };
        var credential = Parsed(OfflineVerifier.Verify(_issuer.Text(bare), _issuer.Trust(), Now)).GetProperty("credential");
        Assert.All((string[])["roles", "address", "entityAssurance"], name => Assert.False(credential.TryGetProperty(name, out _), name));
        Assert.Equal("""[{"scheme":"scheme-23","value":"1","evidence":"confirmed"}]""", credential.GetProperty("identifiers").GetRawText());
        Assert.Equal(
            """[{"component":"component-200","status":"suspended","authorisationNumber":"1","effectiveFrom":"2024-05-01"}]""",
            credential.GetProperty("aeo").GetRawText());
    }

    [Fact]
    public void Is_one_line_of_JSON_whatever_the_name_is()
    {
        const string Awkward = "A\"\\</script>\u200DB é 東京";
        var json = OfflineVerifier.Verify(_issuer.Text(Company with { LegalName = Awkward }), _issuer.Trust(), Now).ToJson();
        Assert.DoesNotContain(json, char.IsControl);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(Awkward, document.RootElement.GetProperty("credential").GetProperty("legalName").GetString());
    }

    public void Dispose() => _issuer.Dispose();

    private static JsonElement Parsed(Verdict verdict)
    {
        using var document = JsonDocument.Parse(verdict.ToJson());
        return document.RootElement.Clone();
    }
}
