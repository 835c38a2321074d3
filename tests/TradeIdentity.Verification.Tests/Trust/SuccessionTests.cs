using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests.Trust;

/// <summary>A bundle says what became of operators, and a verdict with it: it explains, and decides nothing.</summary>
public sealed class SuccessionTests : IDisposable
{
    private readonly TestIssuer _issuer = new();

    private static Succession Merged => new()
    {
        Issuer = Code,
        Tin = Company.Tin,
        Kind = SuccessionKind.Merged,
        EffectiveOn = new DateOnly(2026, 2, 1),
        Successors = [new Successor("NL000000009", "Zuidzee Handel B.V.")],
    };

    private static Succession Renamed => Merged with { Kind = SuccessionKind.Renamed, Successors = [new Successor(Company.Tin, "Oostzee Handel B.V.")] };

    [Fact]
    public void They_come_back_as_written()
    {
        Succession[] written =
        [
            Merged,
            Renamed with { Tin = "NL000000001", Successors = [new Successor("NL000000001", "Neu & Söhne GmbH")] },
            Merged with { Tin = "NL000000002", Kind = SuccessionKind.Renumbered },
            Merged with { Tin = "NL000000003", Kind = SuccessionKind.Divided, Successors = [.. Enumerable.Range(10, 10).Select(i => new Successor($"NL{i}", "x"))] },
        ];
        var read = _issuer.Trust(With(written)).Content.Successions;
        Assert.Equal(written.Select(Text), read.Select(Text));

        static string Text(Succession each) => $"{each with { Successors = [] }} {string.Join(", ", each.Successors)}";
    }

    [Fact]
    public void It_explains_and_decides_nothing()
    {
        var verdict = Assert.IsType<Verdict.Accepted>(Judge(Company, Merged));
        Assert.Equal(Merged.Successors[0], Assert.Single(verdict.Evidence.Succession!.Successors));
        Assert.Contains(
            """
            "succession":{"tin":"NL854502130","kind":"merged","effectiveOn":"2026-02-01","successors":[{"tin":"NL000000009","legalName":"Zuidzee Handel B.V."}]},"recognition"
            """.Trim(),
            verdict.ToJson(),
            StringComparison.Ordinal);
        var revoked = Assert.IsType<Verdict.Rejected>(Judge(Company with { Status = new StatusReference(List, RevokedIndex) }, Merged));
        Assert.Equal((RejectionReason.Revoked, "NL854502130"), (revoked.Reason, revoked.Evidence.Succession?.Tin));
    }

    [Fact]
    public void A_name_is_explained_only_where_the_credential_says_another()
    {
        Assert.Equal("Oostzee Handel B.V.", Judge(Company, Renamed).Evidence.Succession?.Successors[0].LegalName);
        Assert.Null(Judge(Company with { LegalName = "Oostzee Handel B.V." }, Renamed).Evidence.Succession);
    }

    [Fact]
    public void It_explains_credentials_of_its_issuer_and_of_its_number_only()
    {
        Assert.Null(Judge(Company, Merged with { Issuer = "BE" }).Evidence.Succession);
        Assert.Null(Judge(Company, Merged with { Tin = "NL854502131" }).Evidence.Succession);
        using var other = new TestKey();
        var forged = Codecs.QrText.Ti1Text.Encode(other.Sign(CredentialWriter.Type, CredentialWriter.Write(Company)));
        Assert.Null(OfflineVerifier.Verify(forged, _issuer.Trust(With(Merged)), Now).Evidence.Succession);
    }

    [Fact]
    public void Of_a_mandate_it_explains_who_granted_it_too()
    {
        var mandate = Company with
        {
            Type = CredentialTypes.Mandate,
            Tin = "NLBROKER9",
            Identifiers = [],
            Roles = [],
            Aeo = [],
            Address = null,
            Mandate = new MandateClaim
            {
                Representation = Representation.Direct,
                Links = [new MandateLinkClaim(Company.Tin, Company.LegalName, new StatusReference(List, RevokedIndex))],
            },
        };
        var broken = Assert.IsType<Verdict.Rejected>(Judge(mandate, Merged));
        Assert.Equal((RejectionReason.MandateBroken, Company.Tin), (broken.Reason, broken.Evidence.Succession?.Tin));
    }

    [Fact]
    public void What_no_sound_authority_writes_is_refused()
    {
        Succession[][] wrong =
        [
            [Merged, Merged with { Kind = SuccessionKind.Renumbered }], // two ends of one
            [Merged with { Successors = [] }],
            [Merged with { Successors = [Merged.Successors[0], new Successor("NL000000008", "x")] }], // a merger into two
            [Merged with { Successors = [new Successor(Company.Tin, "x")] }], // into itself
            [Renamed with { Successors = Merged.Successors }], // renamed as another
            [Merged with { Kind = SuccessionKind.Divided, Successors = [.. Enumerable.Range(10, 11).Select(i => new Successor($"NL{i}", "x"))] }],
            [Merged with { Kind = 0 }],
            [Merged with { Kind = (SuccessionKind)5 }],
            [Merged with { Tin = "nl1" }],
            [Merged with { Successors = [new Successor("NL000000009", "")] }],
            [Merged with { Successors = [new Successor("NL000000009", "turned\u202Earound")] }],
            [Merged with { Successors = [new Successor("NL000000009", new string('x', 513))] }],
            [Merged with { EffectiveOn = new DateOnly(1969, 12, 31) }],
        ];
        Assert.All(wrong, successions => Assert.Equal(
            BundleFailure.Malformed, TrustBundle.TryLoad(_issuer.File(With(successions)), [_issuer.AnchorKey.Anchor], 0, out _)));
    }

    [Fact]
    public void A_bundle_without_one_leaves_the_field_out()
    {
        var payload = BundleWriter.Write(With());
        Assert.Equal(0xAA, payload[0]);
        byte[] withEmpty = [0xAB, .. payload[1..], 0x0B, 0x80];
        Assert.Equal(
            BundleFailure.Malformed, TrustBundle.TryLoad(_issuer.AnchorKey.Sign(BundleWriter.Type, withEmpty), [_issuer.AnchorKey.Anchor], 0, out _));
    }

    public void Dispose() => _issuer.Dispose();

    private BundleContent With(params Succession[] successions) => _issuer.Content() with
    {
        Successions = successions,
        Issuers = [Entry(_issuer.Key.Terms(Now.AddYears(-1), Now.AddYears(1)))],
    };

    private Verdict Judge(Credential credential, Succession succession) =>
        OfflineVerifier.Verify(_issuer.Text(credential), _issuer.Trust(With(succession)), Now);
}
