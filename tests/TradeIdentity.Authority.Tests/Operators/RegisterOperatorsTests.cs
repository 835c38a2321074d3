using Dapper;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Operators;

public sealed class RegisterOperatorsOnSqliteTests(SqliteLedger ledger) : RegisterOperatorsTests(ledger), IClassFixture<SqliteLedger>;

public sealed class RegisterOperatorsOnPostgreSqlTests(PostgreSqlLedger ledger) : RegisterOperatorsTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class RegisterOperatorsTests(LedgerFixture ledger)
{
    private const string ConfirmedLei = """{"scheme":"lei","value":"506700GE1G29325QX363","evidence":{"source":"LEI register","confirmedBy":"register"}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stores_the_whole_operator_and_reads_it_back()
    {
        var register = new Register(await ledger.NewAsync());

        var result = Assert.Single(await register.ImportAsync(Register.Whole));
        Assert.Equal(new ImportResult(1, "NL854502130", ImportOutcome.Created, null, null), result);

        var held = (await register.FindAsync("NL854502130"))!;
        Assert.Equal("Example Flowers B.V.", held.LegalName);
        Assert.Equal(["Example Tulips"], held.TradingNames);
        Assert.Equal("NL", held.Jurisdiction.Value);
        Assert.Equal("54M6", held.LegalForm!.Value);
        Assert.Equal(new RegisteredAddress("Examplelaan 1", "Aalsmeer", "1431 AA", CountryCode.Parse("NL")), held.RegisteredAddress);
        Assert.Equal(["eori:NL854502130", "lei:506700GE1G29325QX363", "vat:NL854502130B01"], held.Identifiers.Select(each => each.ToString()).Order());
        Assert.Equal(["IM", "EX"], held.Roles.Select(role => role.Code));
        Assert.Equal("Trade register", held.Evidence.Source);
        Assert.Equal("importer", held.Evidence.AssertedBy);
        Assert.All(held.Identifiers, each => Assert.Equal(AssuranceLevel.Confirmed, each.Evidence.LevelAt(Register.Now)));
        Assert.Equal((1, Register.Now, Register.Now), (held.Version, held.CreatedAt, held.UpdatedAt));
        var aeoc = Assert.Single(held.Aeo);
        Assert.Equal(("EU-AEO", "AEOC", 1, AeoStatus.Granted), (aeoc.Programme, aeoc.Component, aeoc.QrCode, aeoc.Status));
        Assert.Equal(("NLAEOC0000001", new DateOnly(2024, 1, 1)), (aeoc.AuthorisationNumber, aeoc.GrantedFrom));
    }

    [Fact]
    public async Task The_same_document_again_is_unchanged_and_a_changed_one_updated()
    {
        var register = new Register(await ledger.NewAsync());
        await register.ImportAsync(Register.Whole);

        var again = await register.ImportAsync(
            Register.Whole,
            Register.Whole.Replace("""["IM","EX"]""", """["EX","IM"]"""),
            Register.Whole.Replace("Flowers", "Blossoms"));

        Assert.Equal([ImportOutcome.Unchanged, ImportOutcome.Unchanged, ImportOutcome.Updated], again.Select(result => result.Outcome));
        var held = (await register.FindAsync("NL854502130"))!;
        Assert.Equal(("Example Blossoms B.V.", 2), (held.LegalName, held.Version));
        Assert.Single(await register.HistoryAsync("NL854502130"));
    }

    [Fact]
    public async Task Each_created_or_updated_operator_leaves_one_audit_entry_of_its_importer()
    {
        var database = await ledger.NewAsync();
        var register = new Register(database);
        await register.ImportAsync(Register.Whole, Register.Whole, Register.Whole.Replace("Flowers", "Blossoms"), "{}");

        var entries = await database.ReadAsync(
            connection => connection.QueryAsync<(string Actor, string Act, string Subject)>("SELECT actor, act, subject FROM audit_entries ORDER BY sequence"),
            Cancellation);
        Assert.Equal(
            [("importer", "operator-created", "operator:NL854502130"), ("importer", "operator-updated", "operator:NL854502130")],
            entries);
    }

    [Fact]
    public async Task A_bad_line_is_rejected_alone_and_results_keep_the_order_of_lines()
    {
        var database = await ledger.NewAsync();
        var register = new Register(database);

        var results = await register.ImportTextAsync(
            $"{Document("NL1")}\n\n{{\"tin\":\"NL2\"}}\n{Document("NL3")}\r\nnot json\n{new string('x', OperatorDocument.MaxBytes + 1)}\n{Document("NL4")}");

        Assert.Equal(
            [(1, "NL1", null), (3, "NL2", "member_missing"), (4, "NL3", null), (5, null, "json_malformed"), (6, null, "document_too_long"), (7, "NL4", null)],
            results.Select(result => (result.Line, result.Tin, result.Code)));
        Assert.Equal(["NL1", "NL3", "NL4"], await TinsAsync(database));
    }

    [Fact]
    public async Task Many_batches_of_lines_are_all_stored_in_order()
    {
        var database = await ledger.NewAsync();
        var tins = Enumerable.Range(1, 1201).Select(number => $"NL{number:0000}").ToList();

        var results = await new Register(database).ImportAsync([.. tins.Select(tin => Document(tin))]);

        Assert.Equal(tins, results.Select(result => result.Tin));
        Assert.All(results, result => Assert.Equal(ImportOutcome.Created, result.Outcome));
        Assert.Equal(tins, await TinsAsync(database));
    }

    [Fact]
    public async Task An_lei_that_is_confirmed_as_another_tins_is_taken_in_the_same_batch_and_in_a_later_one()
    {
        var database = await ledger.NewAsync();
        var register = new Register(database);
        const string Lei = """{"scheme":"lei","value":"506700GE1G29325QX363"}""";

        var first = await register.ImportAsync(Document("NL1", identifiers: ConfirmedLei), Document("NL2", identifiers: Lei));
        var later = await register.ImportAsync(Document("NL3", identifiers: Lei));

        Assert.Equal([null, "identifier_taken"], first.Select(result => result.Code));
        Assert.Equal(["identifier_taken"], later.Select(result => result.Code));
        Assert.Equal(["NL1"], await TinsAsync(database));
    }

    [Fact]
    public async Task An_lei_that_another_tin_only_declares_is_not_taken()
    {
        var register = new Register(await ledger.NewAsync());
        const string Lei = """{"scheme":"lei","value":"506700GE1G29325QX363"}""";
        await register.ImportAsync(Document("NL1", identifiers: Lei));

        var results = await register.ImportAsync(Document("NL2", identifiers: Lei), Document("NL3", identifiers: ConfirmedLei));

        Assert.All(results, result => Assert.Equal(ImportOutcome.Created, result.Outcome));
        Assert.Equal("identifier_taken", (await register.ImportAsync(Document("NL4", identifiers: ConfirmedLei)))[0].Code);
    }

    [Fact]
    public async Task An_identifier_passes_on_when_its_holder_gives_it_up_in_the_same_batch()
    {
        var register = new Register(await ledger.NewAsync());
        const string Lei = """{"scheme":"lei","value":"506700GE1G29325QX363"}""";
        await register.ImportAsync(Document("NL1", identifiers: ConfirmedLei));

        var results = await register.ImportAsync(Document("NL1"), Document("NL2", identifiers: Lei));

        Assert.Equal([ImportOutcome.Updated, ImportOutcome.Created], results.Select(result => result.Outcome));
        Assert.Empty((await register.FindAsync("NL1"))!.Identifiers);
        Assert.Single((await register.FindAsync("NL2"))!.Identifiers);
    }

    [Fact]
    public async Task A_vat_number_can_be_shared()
    {
        var register = new Register(await ledger.NewAsync());
        const string Vat = """{"scheme":"vat","value":"NL854502130B01"}""";

        var results = await register.ImportAsync(Document("NL1", identifiers: Vat), Document("NL2", identifiers: Vat));

        Assert.All(results, result => Assert.Equal(ImportOutcome.Created, result.Outcome));
    }

    [Fact]
    public async Task A_source_that_only_declares_does_not_take_a_confirmation_away()
    {
        var register = new Register(await ledger.NewAsync());
        const string Confirmed = """{"scheme":"lei","value":"506700GE1G29325QX363","evidence":{"source":"LEI register","confirmedBy":"register","validUntil":"2026-03-02T00:00:00Z"}}""";
        const string Declared = """{"scheme":"lei","value":"506700GE1G29325QX363"}""";

        await register.ImportAsync(Document("NL1", identifiers: Confirmed), Document("NL1", identifiers: Declared));

        var evidence = Assert.Single((await register.FindAsync("NL1"))!.Identifiers).Evidence;
        Assert.Equal(("LEI register", Confirmation.Register), (evidence.Source, evidence.ConfirmedBy));
    }

    [Fact]
    public async Task Imports_of_one_tin_at_once_lose_nothing_and_duplicate_nothing()
    {
        const int Imports = 12;
        var database = await ledger.NewAsync();
        var register = new Register(database);

        var results = await Task.WhenAll(Enumerable.Range(0, Imports).Select(number => register.ImportAsync(
            Document("NL1", name: $"Example {number}", identifiers: """{"scheme":"lei","value":"506700GE1G29325QX363"}"""),
            Document($"NL2{number}", identifiers: """{"scheme":"gln","value":"5411234512309","evidence":{"source":"GS1","confirmedBy":"register"}}"""))));

        Assert.Single(results, result => result[0].Outcome == ImportOutcome.Created);
        Assert.Equal(Imports - 1, results.Count(result => result[0].Outcome == ImportOutcome.Updated));
        Assert.Equal(Imports - 1, results.Count(result => result[1].Code == "identifier_taken"));
        Assert.Equal(Imports, (await register.FindAsync("NL1"))!.Version);
        var audited = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM audit_entries WHERE subject = 'operator:NL1'"), Cancellation);
        Assert.Equal(Imports, audited);
    }

    [Fact]
    public async Task A_result_has_the_form_of_the_api()
    {
        var register = new Register(await ledger.NewAsync());
        var results = await register.ImportAsync(Document("NL1"), "[]");

        Assert.Equal("""{"line":1,"tin":"NL1","outcome":"created","code":null,"detail":null}""", Text(results[0]));
        Assert.Equal("""{"line":2,"tin":null,"outcome":"rejected","code":"type_wrong","detail":"$ is not an object."}""", Text(results[1]));

        static string Text(ImportResult result) => System.Text.Encoding.UTF8.GetString(result.ToJson());
    }

    private static string Document(string tin, string name = "Example", string identifiers = "") =>
        $$"""{"tin":"{{tin}}","legalName":"{{name}}","jurisdiction":"NL","identifiers":[{{identifiers}}]}""";

    private static Task<IEnumerable<string>> TinsAsync(Database database) =>
        database.ReadAsync(connection => connection.QueryAsync<string>("SELECT tin FROM operators ORDER BY tin"), Cancellation);
}
