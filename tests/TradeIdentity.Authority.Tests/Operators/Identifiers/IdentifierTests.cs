using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Tests.Operators.Identifiers;

public class IdentifierTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    // Numbers that their own registers publish as examples, or of well-known public bodies.
    [Theory]
    [InlineData("abn", "51824753556")]
    [InlineData("uen", "00192200M")]
    [InlineData("uen", "197401143C")]
    [InlineData("uen", "S16FC0121D")]
    [InlineData("uen", "T01FC6132D")]
    [InlineData("uscc", "91110000600037341L")]
    [InlineData("cnpj", "16727230000197")]
    [InlineData("cnpj", "12ABC34501DE35")]
    [InlineData("siren", "552008443")]
    [InlineData("bn", "123026635")]
    [InlineData("duns", "123456789")]
    [InlineData("euid", "NOFOR.987654321")]
    [InlineData("euid", "DEK1101R.HRB116737")]
    [InlineData("euid", "ROONRC.J40/8302/1997")]
    [InlineData("euid", "ELGEMI.000237901000")]
    [InlineData("vat", "NL854502130B01")]
    [InlineData("vat", "NL002455799B11")]
    [InlineData("vat", "DE136695976")]
    [InlineData("vat", "FR40303265045")]
    [InlineData("vat", "FRK7399859412")]
    [InlineData("vat", "BE0428759497")]
    [InlineData("vat", "IT00743110157")]
    [InlineData("vat", "ESA13585625")]
    [InlineData("vat", "ES54362315K")]
    [InlineData("vat", "ESJ99216582")]
    [InlineData("vat", "GB980780684")]
    [InlineData("vat", "GBGD001")]
    [InlineData("vat", "ATU13585627")]
    [InlineData("vat", "DK13585628")]
    [InlineData("vat", "PL8567346215")]
    [InlineData("vat", "PT501964843")]
    [InlineData("vat", "LU15027442")]
    [InlineData("vat", "SE123456789701")]
    [InlineData("vat", "FI20774740")]
    [InlineData("vat", "CHE100155212MWST")]
    [InlineData("vat", "NO995525828MVA")]
    public void Accepts_numbers_that_registers_publish_and_refuses_them_with_another_last_digit(string scheme, string value)
    {
        var check = IdentifierScheme.Parse(scheme);
        Assert.True(check.Accepts(value));
        Assert.Equal(scheme is "euid", check.Accepts(value + "1"));
        Assert.False(check.Accepts(value + " "));
        if (scheme is not ("duns" or "euid") && value is not "GBGD001")
        {
            var digit = value.LastIndexOfAny([.. "0123456789"]);
            var changed = value[..digit] + (char)('0' + ((value[digit] - '0' + 1) % 10)) + value[(digit + 1)..];
            // The last two digits of a Dutch or Swedish number count registrations and have no check.
            Assert.Equal(value[..2] is "SE" || value == "NL854502130B01", check.Accepts(changed));
        }
    }

    [Theory]
    [InlineData("vat", "NL854502131B01")]
    [InlineData("vat", "NL854502130B00")]
    [InlineData("vat", "GR094259216")]
    [InlineData("vat", "SE123456788701")]
    [InlineData("cnpj", "00000000000000")]
    [InlineData("siren", "000000000")]
    [InlineData("euid", "NO.987654321")]
    [InlineData("euid", "NOFOR987654321")]
    [InlineData("euid", "NOFOR.")]
    [InlineData("euid", "ZZFOR.987654321")]
    [InlineData("eori", "GB1234567890001")]
    [InlineData("eori", "XI12345678900A")]
    [InlineData("eori", "EU123456789")]
    [InlineData("lei", "506700ge1g29325qx363")]
    [InlineData("gln", "٥٤١١٢٣٤٥١٢٣٠٩")]
    [InlineData("national", "")]
    [InlineData("national", " 1")]
    [InlineData("national", "1\u0007")]
    [InlineData("national", "12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("national", "1\u202E2")]
    public void Refuses(string scheme, string value) => Assert.False(IdentifierScheme.Parse(scheme).Accepts(value));

    [Fact]
    public void A_scheme_outside_the_catalogue_takes_bounded_text_and_stays_out_of_the_qr_credential()
    {
        var scheme = IdentifierScheme.Parse("kvk-number");
        Assert.True(scheme.Accepts("12 34/56"));
        Assert.Null(scheme.QrCode);
        Assert.False(scheme.IsUnique);
    }

    [Theory]
    [InlineData("")]
    [InlineData("LEI")]
    [InlineData("lei ")]
    [InlineData("1lei")]
    [InlineData("abcdefghijabcdefghijabcdefghijabc")]
    public void Refuses_a_scheme_code(string code) => Assert.False(IdentifierScheme.TryParse(code, out _));

    [Fact]
    public void Numbers_of_schemes_in_the_qr_credential_are_distinct_and_never_zero()
    {
        Assert.DoesNotContain(IdentifierScheme.All, scheme => scheme.QrCode is null or <= 0);
        Assert.Equal(IdentifierScheme.All.Count, IdentifierScheme.All.Select(scheme => scheme.QrCode).Distinct().Count());
        Assert.Equal(["lei", "eori", "gln", "duns", "vat", "euid", "national"], IdentifierScheme.All.OrderBy(scheme => scheme.QrCode).Take(7).Select(scheme => scheme.Code));
    }

    [Theory]
    [InlineData("NL854502130", true)]
    [InlineData("XI123456789000", true)]
    [InlineData("XKDEMO1", true)]
    [InlineData("NLABCDEFGHIJKLMNO", true)]
    [InlineData("NLABCDEFGHIJKLMNOP", false)]
    [InlineData("NL", false)]
    [InlineData("ZZ1", false)]
    [InlineData("EU1", false)]
    [InlineData("nl1", false)]
    [InlineData("NL 1", false)]
    [InlineData("NLÉ1", false)]
    public void Reads_a_tin_only_of_a_country_and_upper_case_alphanumerics(string text, bool valid)
    {
        Assert.Equal(valid, Tin.TryParse(text, out var tin));
        Assert.Equal(valid ? text : null, tin?.Value);
    }

    [Fact]
    public void An_identifier_without_a_confirmation_that_holds_is_declared()
    {
        var declared = new Evidence("A register", "importer", Day);
        var confirmed = declared with { ConfirmedBy = Confirmation.Register, ConfirmedAt = Day, ValidUntil = Day.AddDays(1) };

        Assert.Equal(AssuranceLevel.Declared, declared.LevelAt(Day));
        Assert.Equal(AssuranceLevel.Confirmed, confirmed.LevelAt(Day.AddDays(1)));
        Assert.Equal(AssuranceLevel.Declared, confirmed.LevelAt(Day.AddDays(1).AddSeconds(1)));
    }

    [Fact]
    public void An_identifier_cannot_be_made_of_a_malformed_value() =>
        Assert.Throws<FormatException>(() => new Identifier(IdentifierScheme.Parse("lei"), "506700GE1G29325QX364", new Evidence("", "", Day)));

    [Theory]
    [InlineData("NLRTM", true)]
    [InlineData("USNY2", true)]
    [InlineData("USNY1", false)]
    [InlineData("ZZRTM", false)]
    public void Reads_a_un_locode(string text, bool valid) => Assert.Equal(valid, UnLocode.TryParse(text, out _));

    [Theory]
    [InlineData("NL", true)]
    [InlineData("US-DE", true)]
    [InlineData("US-", false)]
    [InlineData("US-ABCD", false)]
    [InlineData("ZZ", false)]
    public void Reads_a_jurisdiction(string text, bool valid) => Assert.Equal(valid, Jurisdiction.TryParse(text, out _));

    [Theory]
    [InlineData("8888", "A1B2C3", true)]
    [InlineData("888", "A1B2C", false)]
    [InlineData("88a8", "a1B2C3", false)]
    public void Reads_codes_of_legal_forms_and_organisational_roles(string form, string role, bool valid)
    {
        Assert.Equal(valid, EntityLegalForm.TryParse(form, out _));
        Assert.Equal(valid, OrganisationalRole.TryParse(role, out _));
    }
}
