using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Server.Api;
using TradeIdentity.Server.OpenId.Persons;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Tests.Site;

/// <summary>The table of who may learn what: shown as it is, and asked by what leaves the authority.</summary>
public sealed class PrivacyTableTests
{
    [Fact]
    public void The_table_of_the_docs_is_the_one_of_the_program()
    {
        var words = new Wording();
        var page = File.ReadAllLines(Repository.PathOf("docs/privacy.md"));
        foreach (var (heading, rows) in new[] { ("## Of an operator", PrivacyTable.OfOperator), ("## Of a person", PrivacyTable.OfPerson) })
        {
            var expected = rows.Select(row => $"| {words[$"Privacy.fact.{row.Fact}"]} | {string.Join(" | ", Enum.GetValues<Viewer>().Select(viewer => words[$"Privacy.may.{row.To(viewer)}"]))} |");
            Assert.Equal(expected, page.SkipWhile(line => line != heading).SkipWhile(line => !line.StartsWith("|--", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith('|')));
        }
    }

    [Fact]
    public void Every_fact_has_one_row() =>
        Assert.Equal(Enum.GetValues<PrivateFact>(), PrivacyTable.OfOperator.Concat(PrivacyTable.OfPerson).Select(row => row.Fact));

    [Fact]
    public void Nobody_learns_a_secret() =>
        Assert.All(Enum.GetValues<Viewer>(), viewer => Assert.False(PrivacyTable.May(viewer, PrivateFact.Secrets) || PrivacyTable.May(viewer, PrivateFact.DocumentReference)));

    [Fact]
    public void Whoever_checks_a_credential_or_receives_master_data_learns_of_whom_it_speaks() =>
        Assert.All([Viewer.AnonymousChecker, Viewer.PartnerAdministration], viewer => Assert.True(PrivacyTable.May(viewer, PrivateFact.LegalName) && PrivacyTable.May(viewer, PrivateFact.Tin)));

    [Fact]
    public void Every_member_of_a_document_for_a_viewer_says_which_fact_it_tells()
    {
        var documents = typeof(TellByTable).Assembly.GetTypes().Where(type => type.GetCustomAttribute<ToldToAttribute>() is not null).ToArray();
        Assert.Contains(typeof(OperatorBody), documents);
        Assert.All(documents, document => Assert.All(
            document.GetProperties(BindingFlags.Public | BindingFlags.Instance), property => Assert.NotNull(property.GetCustomAttribute<TellsAttribute>())));
    }

    [Fact]
    public void A_document_is_without_what_its_viewer_may_not_learn()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = ApiJson.Default.WithAddedModifier(type => TellByTable.Apply(type, (viewer, fact) => viewer == Viewer.Officer && fact != PrivateFact.AeoAuthorisation)),
        };
        var body = new AeoBody("EU-AEO", "AEOC", null, "granted", "NLAEOC1", new DateOnly(2024, 1, 1), null);
        Assert.DoesNotContain("NLAEOC1", JsonSerializer.Serialize(body, options), StringComparison.Ordinal);
        options = new JsonSerializerOptions { TypeInfoResolver = ApiJson.Default.WithAddedModifier(TellByTable.Apply) };
        Assert.Contains("NLAEOC1", JsonSerializer.Serialize(body, options), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relying_party_is_told_what_the_table_lets_it_learn()
    {
        Assert.Equal("""{"tin":"NL854502130"}""", Told.Of(("tin", PrivateFact.Tin, "NL854502130"), ("number", PrivateFact.AeoAuthorisation, "NLAEOC1"), ("form", PrivateFact.LegalForm, null)).ToJsonString());
        Assert.Contains("email", PersonClaims.ScopeOf.Keys);
    }
}
