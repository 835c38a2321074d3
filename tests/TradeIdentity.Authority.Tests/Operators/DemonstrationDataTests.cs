using System.Text.Json;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Operators;

public sealed class DemonstrationDataTests(SqliteLedger ledger) : IClassFixture<SqliteLedger>
{
    [Fact]
    public async Task Every_operator_is_registered_and_loading_them_again_changes_nothing()
    {
        var register = new Register(await ledger.NewAsync());
        var text = await File.ReadAllTextAsync(PathOfData(), TestContext.Current.CancellationToken);

        Assert.All(await register.ImportTextAsync(text), result => Assert.Equal((ImportOutcome.Created, null), (result.Outcome, result.Detail)));
        Assert.All(await register.ImportTextAsync(text), result => Assert.Equal(ImportOutcome.Unchanged, result.Outcome));

        var example = (await register.FindAsync("NL854502130"))!;
        Assert.Equal([("AEOC", AeoStatus.Granted), ("AEOS", AeoStatus.Granted)], example.Aeo.Select(each => (each.Component, each.Status)));
        Assert.Equal(AssuranceLevel.Confirmed, example.Identifiers.Single(each => each.Scheme.Code == "lei").Evidence.LevelAt(Register.Now));
    }

    [Fact]
    public void Operators_are_of_the_public_sample_with_an_invented_tin_or_plainly_invented()
    {
        using var sample = JsonDocument.Parse(File.ReadAllBytes(PublishedVectors.PathOf("trade/lei-sample.json")));
        var names = sample.RootElement.EnumerateArray()
            .Where(record => record.GetProperty("legalName").ValueKind == JsonValueKind.String)
            .ToDictionary(record => record.GetProperty("lei").GetString()!, record => record.GetProperty("legalName").GetString()!);
        var document = new OperatorDocument(ProgrammeCatalogue.Embedded);
        var real = 0;
        foreach (var line in File.ReadLines(PathOfData()))
        {
            Assert.True(document.Read(System.Text.Encoding.UTF8.GetBytes(line)).TryGet(out var facts, out var refusal), refusal?.Detail);
            if (facts.TradingNames.Prepend(facts.LegalName).Any(name => name.StartsWith("Example ", StringComparison.Ordinal)))
            {
                continue;
            }

            real++;
            Assert.Equal(names[facts.Identifiers.Single(identifier => identifier.Scheme.Code == "lei").Value], facts.LegalName);
            Assert.StartsWith(facts.Jurisdiction.Country + "DEMO", facts.Tin.Value, StringComparison.Ordinal);
            Assert.Contains("GLEIF LEI data sample", facts.Evidence!.Source, StringComparison.Ordinal);
            Assert.Null(facts.RegisteredAddress);
            Assert.Empty(facts.Aeo);
        }

        Assert.Equal(names.Count, real);
    }

    private static string PathOfData() => Repository.PathOf("src", "TradeIdentity.Server", "Demonstration", "operators.ndjson");
}
