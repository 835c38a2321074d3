using System.Text;
using System.Text.Json;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Tests.Aeo;

public class ProgrammeCatalogueTests
{
    private static readonly ProgrammeCatalogue Catalogue = ProgrammeCatalogue.Embedded;

    [Fact]
    public void Every_name_of_the_catalogue_and_of_the_roles_is_there_in_every_language()
    {
        var named = Catalogue.Programmes.Select(programme => programme.Names)
            .Concat(Catalogue.Programmes.SelectMany(programme => programme.Components).Select(component => component.Names))
            .Concat(Catalogue.Programmes.SelectMany(programme => programme.Components).SelectMany(component => component.Tiers).Select(tier => tier.Names))
            .Concat(TradeRoles.All.Select(role => role.Names));
        Assert.All(named, names => Assert.Equal(SpokenLanguages.All.Select(language => language.Code), names.Keys));
    }

    [Fact]
    public void Components_have_the_codes_that_un_edifact_publishes()
    {
        using var codes = JsonDocument.Parse(File.ReadAllBytes(PublishedVectors.PathOf("trade/edifact-aeo-codes-21B.json")));
        var published = codes.RootElement.EnumerateArray().ToDictionary(code => code.GetProperty("code").GetString()!, code => code.GetProperty("name").GetString()!);
        Assert.All(
            Catalogue.Programmes.SelectMany(programme => programme.Components).Where(component => component.Edifact is not null),
            component => Assert.Contains(component.Code, published[component.Edifact!], StringComparison.Ordinal));
    }

    [Fact]
    public void Every_role_of_the_published_subset_that_we_list_has_its_code()
    {
        using var subset = JsonDocument.Parse(File.ReadAllBytes(PublishedVectors.PathOf("trade/trade-roles-3035-subset.json")));
        var published = subset.RootElement.EnumerateArray().Select(role => role.GetProperty("code").GetString()!).ToHashSet();
        // DFW is in the list of AEO codes; all others are in the subset.
        Assert.Equal(["DFW"], TradeRoles.All.Select(role => role.Code).Where(code => !published.Contains(code)));
    }

    [Fact]
    public void Verifiers_name_every_scheme_as_the_register_does() =>
        Assert.All(IdentifierScheme.All, scheme => Assert.Equal(scheme.Code, IdentifierSchemes.Name(scheme.QrCode!.Value)));

    [Theory]
    [InlineData("NL", "EU-AEO")]
    [InlineData("XI", "EU-AEO")]
    [InlineData("GB", "GB-AEO")]
    [InlineData("US", "US-CTPAT")]
    [InlineData("JP", "SAFE")]
    public void A_country_has_its_programme(string country, string programme) =>
        Assert.Equal(programme, Catalogue.Of(CountryCode.Parse(country))?.Code);

    [Fact]
    public void A_catalogue_of_an_administration_is_data()
    {
        var own = ProgrammeCatalogue.Read(Programme("KE", 1));
        Assert.Equal("OWN", own.Of(CountryCode.Parse("KE"))?.Code);
        Assert.Null(own.Of(CountryCode.Parse("NL")));
        Assert.Equal(1, own.QrCode("OWN", "GOLD"));
        Assert.Null(own.QrCode("OWN", "SILVER"));
    }

    [Fact]
    public void A_catalogue_with_a_number_twice_or_an_unknown_member_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ProgrammeCatalogue.Read(Programme("KE", 1, second: """,{"code":"SILVER","qr":1,"names":{"en":"Silver"}}""")));
        Assert.Throws<ArgumentException>(() => ProgrammeCatalogue.Read(Programme("""KE","KE""", 1)));
        Assert.Throws<JsonException>(() => ProgrammeCatalogue.Read(Programme("KE", 1, second: """,{"code":"SILVER","qr":2,"names":{"en":"Silver"},"more":1}""")));
    }

    private static byte[] Programme(string countries, int qr, string second = "") => Encoding.UTF8.GetBytes(
        $$"""
        {"programmes":[{"code":"OWN","names":{"en":"Own"},"countries":["{{countries}}"],
        "components":[{"code":"GOLD","qr":{{qr}},"names":{"en":"Gold"} }{{second}}]}]}
        """);
}
