using System.Formats.Cbor;
using TradeIdentity.Verification.Credentials;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests.Credentials;

/// <summary>The profile by hand: a small right payload, and everything that may be wrong about one.</summary>
public sealed class CredentialReaderTests
{
    private const int IssuedAt = 1_700_000_000;

    private const int ExpiresAt = 1_800_000_000;

    [Fact]
    public void Reads_the_smallest_credential()
    {
        Assert.True(CredentialReader.TryRead(Payload(), out var credential));
        Assert.Equal(("NL", 1, "A", "NL1", "NL"), (credential.Issuer, credential.Type, credential.LegalName, credential.Tin, credential.Jurisdiction));
        Assert.Equal(credential.IssuedAt, credential.NotBefore);
        Assert.Null(credential.Address);
        Assert.Null(credential.EntityAssurance);
        Assert.Equal(Payload(), CredentialWriter.Write(credential));
    }

    [Fact]
    public void Refuses_a_trailing_byte_and_a_missing_one()
    {
        var payload = Payload();
        Refuses([.. payload, 0]);
        for (var length = 0; length < payload.Length; length++)
        {
            Refuses(payload[..length]);
        }
    }

    [Fact]
    public void Refuses_a_number_longer_than_it_need_be()
    {
        var payload = Payload();
        Assert.Equal([0xA5, 0x01, 0x62], payload[..3]);
        Refuses([payload[0], 0x18, 0x01, .. payload[2..]]);
        Refuses([0xB8, 0x05, .. payload[1..]]);
        Refuses([.. payload[..2], 0x78, 0x02, .. payload[3..]]);
    }

    [Fact]
    public void Refuses_an_indefinite_length()
    {
        var payload = Payload();
        Refuses([0xBF, .. payload[1..], 0xFF]);
        Refuses([.. payload[..2], 0x7F, .. payload[2..5], 0xFF, .. payload[5..]]);
    }

    [Fact]
    public void Refuses_a_duplicate_key_and_a_wrong_order()
    {
        Refuses(Payload(claims: w =>
        {
            Issuer(w);
            Issuer(w);
            Times(w);
            Facts(w);
            Status(w);
        }, claimCount: 6));
        Refuses(Payload(claims: w =>
        {
            Times(w);
            Issuer(w);
            Facts(w);
            Status(w);
        }));
        Refuses(Payload(claims: w =>
        {
            Issuer(w);
            Times(w);
            Status(w);
            Facts(w);
        }));
    }

    [Theory]
    [InlineData(2)] // sub
    [InlineData(7)] // cti: issuer, list and index name the credential
    [InlineData(38)]
    public void Refuses_an_unknown_claim(int key)
    {
        Refuses(Payload(claims: w =>
        {
            Issuer(w);
            if (key == 2)
            {
                Text(w, key, "NL1");
            }

            Times(w);
            if (key > 2)
            {
                Text(w, key, "NL1");
            }

            Facts(w);
            Status(w);
        }, claimCount: 6));
    }

    [Fact]
    public void Refuses_an_unknown_fact() => Refuses(WithFact(w => Text(w, 9, "x")));

    [Fact]
    public void Refuses_each_missing_claim()
    {
        Action<CborWriter>[] all = [Issuer, w => Time(w, 4, ExpiresAt), w => Time(w, 6, IssuedAt), w => Facts(w), Status];
        Assert.True(CredentialReader.TryRead(Payload(w => Array.ForEach(all, claim => claim(w))), out _));
        foreach (var missing in all)
        {
            Refuses(Payload(w => Array.ForEach(all, claim => (claim == missing ? _ => { } : claim)(w)), claimCount: 4));
        }
    }

    [Fact]
    public void Refuses_a_fraction_a_negative_time_and_one_past_the_year_9999()
    {
        Action<CborWriter>[] wrong =
        [
            w => w.WriteDouble(ExpiresAt),
            w => w.WriteInt64(-1),
            w => w.WriteInt64(253402300800),
            w => w.WriteUInt64(ulong.MaxValue),
            w => w.WriteTextString("2027-01-15T08:00:00Z"),
            w => w.WriteNull(),
        ];
        Assert.All(wrong, value => Refuses(Payload(w =>
        {
            Issuer(w);
            w.WriteInt32(4);
            value(w);
            Time(w, 6, IssuedAt);
            Facts(w);
            Status(w);
        })));
    }

    [Fact]
    public void Refuses_an_expiry_that_is_not_after_the_beginning()
    {
        Refuses(Written(Company with { ExpiresAt = Company.IssuedAt }));
        Refuses(Written(Company with { NotBefore = Company.ExpiresAt }));
        Reads(Written(Company with { ExpiresAt = Company.IssuedAt.AddSeconds(1) }));
    }

    [Fact]
    public void Refuses_what_the_profile_leaves_out_because_it_follows()
    {
        // nbf where it is iat; the jurisdiction where it is the country of the TIN.
        Refuses(Payload(w =>
        {
            Issuer(w);
            Time(w, 4, ExpiresAt);
            Time(w, 5, IssuedAt);
            Time(w, 6, IssuedAt);
            Facts(w);
            Status(w);
        }, claimCount: 6));
        Refuses(WithFact(w => Text(w, 3, "NL")));
        Reads(WithFact(w => Text(w, 3, "BE")));
    }

    [Fact]
    public void Texts_have_a_length()
    {
        Reads(Written(Company with { LegalName = new string('A', 512) }));
        Refuses(Written(Company with { LegalName = new string('A', 513) }));
        Refuses(Written(Company with { LegalName = new string('é', 257) }));
        Refuses(Written(Company with { LegalName = "" }));
        Refuses(Written(Company with { Address = "" }));
        Refuses(Written(Company with { Address = new string('A', 513) }));
        Refuses(Written(Company with { Roles = ["IMEX"] }));
        Refuses(Written(Company with { Aeo = [Company.Aeo[0] with { AuthorisationNumber = new string('1', 36) }] }));
        Refuses(Written(Company with { Identifiers = [new IdentifierClaim(1, new string('A', 65), true)] }));
        Refuses(Written(Company with { Roles = [.. Enumerable.Repeat("IM", 17)] }));
    }

    [Theory]
    [InlineData("N")]
    [InlineData("nl")]
    [InlineData("NL-")]
    [InlineData("NLDOUANE")]
    [InlineData("NL-douane")]
    [InlineData("NL-A-B")]
    [InlineData("NL-AAAAAAAAAAAAAAAAAAAAAA")]
    public void An_issuer_code_is_a_country_or_a_country_and_an_authority(string code) => Refuses(Written(Company with { Issuer = code }));

    [Theory]
    [InlineData("NL")]
    [InlineData("N11")]
    [InlineData("nl1")]
    [InlineData("NL 1")]
    [InlineData("NL1234567890123456")]
    public void A_TIN_is_a_country_and_at_most_15_letters_and_digits(string tin) =>
        Refuses(Written(Company with { Tin = tin, Jurisdiction = "BE" }));

    [Fact]
    public void Numbers_have_a_range()
    {
        Reads(Written(Company with { Status = new StatusReference((1 << 24) - 1, (1 << 24) - 1), Type = 255, EntityAssurance = 3 }));
        Refuses(Written(Company with { Status = new StatusReference(0, 1) }));
        Refuses(Written(Company with { Status = new StatusReference(1 << 24, 1) }));
        Refuses(Written(Company with { Status = new StatusReference(1, 1 << 24) }));
        Refuses(Written(Company with { Status = new StatusReference(1, -1) }));
        Refuses(Written(Company with { Type = 0 }));
        Refuses(Written(Company with { Type = 256 }));
        Refuses(Written(Company with { EntityAssurance = 0 }));
        Refuses(Written(Company with { EntityAssurance = 4 }));
        Refuses(Written(Company with { Identifiers = [new IdentifierClaim(24, "A", true)] }));
        Refuses(Written(Company with { Identifiers = [new IdentifierClaim(0, "A", true)] }));
    }

    [Fact]
    public void A_component_is_named_once_in_order_and_ends_after_it_begins()
    {
        var component = Company.Aeo[0];
        Refuses(Written(Company with { Aeo = [component, component] }));
        Refuses(Written(Company with { Aeo = [component with { EffectiveUntil = component.EffectiveFrom.AddDays(-1) }] }));
        Refuses(Written(Company with { Aeo = [component with { Status = 0 }] }));
        Refuses(Written(Company with { Aeo = [component with { Status = (AeoComponentStatus)3 }] }));
        Refuses(WithFact(w =>
        {
            w.WriteInt32(6);
            w.WriteStartArray(2);
            w.WriteEncodedValue([0x84, 0x02, 0x01, 0x61, 0x31, 0x01]);
            w.WriteEncodedValue([0x84, 0x01, 0x01, 0x61, 0x31, 0x01]);
            w.WriteEndArray();
        }));
    }

    [Fact]
    public void An_empty_list_is_left_out_and_never_written()
    {
        foreach (var (key, empty) in ((int, byte)[])[(4, 0xA0), (5, 0x80), (6, 0x80)])
        {
            Refuses(WithFact(w =>
            {
                w.WriteInt32(key);
                w.WriteEncodedValue([empty]);
            }));
        }
    }

    [Fact]
    public void Refuses_a_text_that_is_no_UTF_8()
    {
        var payload = WithFact(w => Text(w, 7, "é"));
        Reads(payload);
        payload[payload.AsSpan().IndexOf("é"u8) + 1] = (byte)'(';
        Refuses(payload);
    }

    private static byte[] Written(Credential credential) => CredentialWriter.Write(credential);

    private static void Refuses(byte[] payload)
    {
        Assert.False(CredentialReader.TryRead(payload, out var credential), Convert.ToHexStringLower(payload));
        Assert.Null(credential);
    }

    private static void Reads(byte[] payload) => Assert.True(CredentialReader.TryRead(payload, out _), Convert.ToHexStringLower(payload));

    private static byte[] WithFact(Action<CborWriter> fact) => Payload(w =>
    {
        Issuer(w);
        Times(w);
        Facts(w, fact);
        Status(w);
    });

    // Lax: what the tests write wrong, the writer must not mend.
    private static byte[] Payload(Action<CborWriter>? claims = null, int claimCount = 5)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        writer.WriteStartMap(claimCount);
        (claims ?? (w =>
        {
            Issuer(w);
            Times(w);
            Facts(w);
            Status(w);
        }))(writer);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static void Issuer(CborWriter writer) => Text(writer, 1, "NL");

    private static void Times(CborWriter writer)
    {
        Time(writer, 4, ExpiresAt);
        Time(writer, 6, IssuedAt);
    }

    private static void Facts(CborWriter writer, Action<CborWriter>? more = null)
    {
        writer.WriteInt32(-65537);
        writer.WriteStartMap(more is null ? 3 : 4);
        writer.WriteInt32(0);
        writer.WriteInt32(1);
        Text(writer, 1, "A");
        Text(writer, 2, "NL1");
        more?.Invoke(writer);
        writer.WriteEndMap();
    }

    private static void Status(CborWriter writer)
    {
        writer.WriteInt32(-65538);
        writer.WriteEncodedValue([0x82, 0x01, 0x00]);
    }

    private static void Time(CborWriter writer, int key, long value)
    {
        writer.WriteInt32(key);
        writer.WriteInt64(value);
    }

    private static void Text(CborWriter writer, int key, string value)
    {
        writer.WriteInt32(key);
        writer.WriteTextString(value);
    }
}
