using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Aeo.Attachments;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Authority.Documents;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Tests.Mandates;
using TradeIdentity.Authority.Tests.Storage;
using static TradeIdentity.Authority.Tests.TestAuthority;

namespace TradeIdentity.Authority.Tests.Aeo.Questionnaires;

public sealed class AnswerOnSqliteTests(SqliteLedger ledger) : AnswerTests(ledger), IClassFixture<SqliteLedger>;

public sealed class AnswerOnPostgreSqlTests(PostgreSqlLedger ledger) : AnswerTests(ledger), IClassFixture<PostgreSqlLedger>;

/// <summary>What an application is made of: answers that are saved and come back, documents, and nothing that others write.</summary>
public abstract class AnswerTests(LedgerFixture ledger)
{
    private static readonly Tin Applicant = Authority.Operators.Identifiers.Tin.Parse("NLAPPLICANT");
    private static readonly byte[] Pdf = [.. "%PDF-1.7 "u8, 1, 2, 3];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_are_saved_one_by_one_come_back_and_are_taken_back()
    {
        using var desk = await DeskAsync();
        Assert.Equal((1, true, 0, null), Shape(await desk.FindAsync()));
        Value(await desk.SaveAsync(("employees", " 42 "), ("infringements", "no")));
        var sheet = Value(await desk.SaveAsync(("activity", "We store\r\ngoods."), ("accounts-until", "2025-12-31"), ("infringements", null)));
        Assert.Equal(
            [("accounts-until", "2025-12-31"), ("activity", "We store\ngoods."), ("employees", "42")],
            (await desk.FindAsync()).Answers.Select(answer => (answer.Key, answer.Value)).Order());
        Assert.Equal(desk.Mandates.Now, sheet.SavedAt);
        Assert.DoesNotContain(sheet.Missing, question => question.Code is "employees" or "activity");
        // AEOC asks nothing of seals.
        Assert.DoesNotContain(sheet.Questionnaire.QuestionsFor("AEOC"), question => question.Code == "seals");
    }

    [Theory]
    [InlineData("nothing", "x", "aeo_question_unknown")]
    [InlineData("seals", "yes", "aeo_question_unknown")]
    [InlineData("employees", "-1", "aeo_answer_value_invalid")]
    [InlineData("employees", "1e3", "aeo_answer_value_invalid")]
    [InlineData("employees", "10000001", "aeo_answer_value_invalid")]
    [InlineData("infringements", "Yes", "aeo_answer_value_invalid")]
    [InlineData("accounts-until", "31.12.2025", "aeo_answer_value_invalid")]
    [InlineData("accounts-until", "2025-02-30", "aeo_answer_value_invalid")]
    [InlineData("standard", "luck", "aeo_answer_value_invalid")]
    [InlineData("activity", "\u0007", "aeo_answer_value_invalid")]
    public async Task What_is_no_answer_is_refused_and_nothing_of_it_is_saved(string question, string answer, string code)
    {
        using var desk = await DeskAsync();
        Assert.Equal(code, (await desk.SaveAsync(("backup", "Daily."), (question, answer))).Refusal?.Code);
        Assert.Empty((await desk.FindAsync()).Answers);
    }

    [Fact]
    public async Task A_text_has_its_bound()
    {
        using var desk = await DeskAsync();
        Assert.Null((await desk.SaveAsync(("activity", new string('x', Question.MaxText)))).Refusal);
        Assert.Equal("aeo_answer_value_invalid", (await desk.SaveAsync(("activity", new string('x', Question.MaxText + 1)))).Refusal?.Code);
    }

    [Fact]
    public async Task What_is_not_complete_is_not_submitted_and_what_was_submitted_stays()
    {
        using var desk = await DeskAsync();
        Assert.Equal("aeo_answers_missing", (await desk.TakeAsync(AeoAct.Submit)).Refusal?.Code);
        Value(await desk.SaveAsync(Complete((await desk.FindAsync()).Questionnaire)));
        // A yes asks for more.
        Value(await desk.SaveAsync(("infringements", "yes")));
        Assert.Equal(["infringements-text"], (await desk.FindAsync()).Missing.Select(question => question.Code));
        Assert.Equal("aeo_answers_missing", (await desk.TakeAsync(AeoAct.Submit)).Refusal?.Code);
        Value(await desk.SaveAsync(("infringements-text", "A late declaration; a second pair of eyes since.")));
        Assert.Equal(AeoStatus.Submitted, Value(await desk.TakeAsync(AeoAct.Submit)).Status);

        Assert.Equal("aeo_answers_submitted", (await desk.SaveAsync(("employees", "43"))).Refusal?.Code);
        var kept = (await desk.FindAsync()).Answers["employees"];
        Assert.Equal(AeoStatus.Withdrawn, Value(await desk.TakeAsync(AeoAct.Withdraw)).Status);
        Assert.Equal(kept, (await desk.FindAsync()).Answers["employees"]);
        Value(await desk.TakeAsync(AeoAct.Open));
        Assert.Empty((await desk.FindAsync()).Answers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task An_application_is_withdrawn_until_it_is_decided(int steps)
    {
        using var desk = await DeskAsync();
        Value(await desk.SaveAsync(Complete((await desk.FindAsync()).Questionnaire)));
        foreach (var act in new[] { AeoAct.Submit, AeoAct.Accept, AeoAct.VerifyIdentity, AeoAct.AssessRisk }.Take(steps))
        {
            Value(act == AeoAct.Submit ? await desk.TakeAsync(act) : await desk.OfficerAsync(act));
        }

        Assert.Equal("aeo_transition_not_allowed", (await desk.OfficerAsync(AeoAct.Withdraw)).Refusal?.Code);
        var withdrawn = Value(await desk.TakeAsync(AeoAct.Withdraw));
        Assert.Equal((AeoStatus.Withdrawn, null), (withdrawn.Status, withdrawn.DueOn));
        Assert.Equal("aeo_transition_not_allowed", (await desk.TakeAsync(AeoAct.Withdraw)).Refusal?.Code);
        Assert.Null((await desk.TakeAsync(AeoAct.Open)).Refusal);
    }

    [Fact]
    public async Task An_officer_who_enters_it_from_paper_is_not_held_up()
    {
        using var desk = await DeskAsync();
        Assert.Equal(AeoStatus.Submitted, Value(await desk.OfficerAsync(AeoAct.Submit)).Status);
    }

    [Fact]
    public async Task Nobody_writes_for_an_operator_that_they_do_not_act_for()
    {
        using var desk = await DeskAsync();
        var stranger = await desk.Mandates.PersonAsync(Importer);
        Assert.Equal("aeo_holder_required", (await desk.SaveAsync(stranger, ("employees", "1"))).Refusal?.Code);
        Assert.Equal("aeo_holder_required", (await desk.AttachAsync("a.pdf", Pdf, stranger)).Refusal?.Code);
        var attached = Value(await desk.AttachAsync("a.pdf", Pdf));
        Assert.Equal("aeo_holder_required", (await desk.Attach.RemoveAsync(Applicant, attached.Id, stranger, Cancellation)).Refusal?.Code);
        Assert.Equal("aeo_attachment_unknown", (await desk.Attach.RemoveAsync(Importer, attached.Id, stranger, Cancellation)).Refusal?.Code);
        Assert.Equal("aeo_attachment_unknown", (await desk.Read.ReadAsync(Importer, attached.Id, Cancellation)).Refusal?.Code);
    }

    [Fact]
    public async Task The_same_bytes_are_stored_once_and_go_with_the_last_that_names_them()
    {
        using var desk = await DeskAsync();
        var first = Value(await desk.AttachAsync("balance sheet.pdf", Pdf));
        var second = Value(await desk.AttachAsync("C:\\plans\\ground floor.pdf", Pdf));
        Assert.Equal(("ground floor.pdf", "application/pdf", Pdf.Length, first.Digest), (second.Name, second.MediaType, second.Size, second.Digest));
        Assert.Equal(1, await desk.StoredAsync());
        var (document, content) = Value(await desk.Read.ReadAsync(Applicant, first.Id, Cancellation));
        Assert.Equal(("balance sheet.pdf", Convert.ToHexString(Pdf)), (document.Name, Convert.ToHexString(content)));

        Value(await desk.Attach.RemoveAsync(Applicant, first.Id, desk.Member, Cancellation));
        Assert.Equal(1, await desk.StoredAsync());
        Value(await desk.Attach.RemoveAsync(Applicant, second.Id, desk.Member, Cancellation));
        Assert.Equal(0, await desk.StoredAsync());
    }

    [Fact]
    public async Task A_document_is_what_its_bytes_say_and_has_its_bounds()
    {
        using var desk = await DeskAsync();
        (string Name, byte[] Content, string Code)[] wrong =
        [
            ("page.pdf", [.. "<html>"u8], "document_type"),
            ("empty.pdf", [], "document_type"),
            ("short.png", [0x89, 0x50], "document_type"),
            ("large.pdf", [.. Pdf, .. new byte[DocumentStore.MaxSize]], "document_too_large"),
            (new string('x', DocumentStore.MaxName + 1), Pdf, "document_name"),
            ("folder/", Pdf, "document_name"),
            ("bell\u0007.pdf", Pdf, "document_name"),
        ];
        foreach (var (name, content, code) in wrong)
        {
            Assert.Equal(code, (await desk.AttachAsync(name, content)).Refusal?.Code);
        }

        Assert.Equal("image/png", Value(await desk.AttachAsync("named.pdf", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0])).MediaType);
        Assert.Equal("image/jpeg", Value(await desk.AttachAsync("photo", [0xFF, 0xD8, 0xFF, 0xE0])).MediaType);
        for (var i = 2; i < AttachDocument.MostAttached; i++)
        {
            Value(await desk.AttachAsync($"{i}.pdf", Pdf));
        }

        Assert.Equal("aeo_attachment_limit", (await desk.AttachAsync("one more.pdf", Pdf)).Refusal?.Code);
    }

    [Fact]
    public async Task What_was_submitted_stays_and_more_can_come_until_it_is_decided()
    {
        using var desk = await DeskAsync();
        var attached = Value(await desk.AttachAsync("a.pdf", Pdf));
        Value(await desk.OfficerAsync(AeoAct.Submit));
        Assert.Equal("aeo_attachment_submitted", (await desk.Attach.RemoveAsync(Applicant, attached.Id, desk.Member, Cancellation)).Refusal?.Code);
        Value(await desk.AttachAsync("asked for.pdf", Pdf));
        Value(await desk.OfficerAsync(AeoAct.Reject));
        Assert.Equal("aeo_attachment_no_application", (await desk.AttachAsync("late.pdf", Pdf)).Refusal?.Code);
    }

    private static (int, bool, int, DateTimeOffset?) Shape(AnswerSheet sheet) => (sheet.Questionnaire.Version, sheet.IsDraft, sheet.Answers.Count, sheet.SavedAt);

    private static (string, string?)[] Complete(Questionnaire questionnaire) =>
    [
        .. questionnaire.QuestionsFor("AEOC").Where(question => question.When is null).Select(question => (question.Code, (string?)(question.Kind switch
        {
            "yes-no" => "no",
            "choice" => question.Choices![0].Code,
            "number" => "12",
            "date" => "2025-12-31",
            _ => "As described.",
        }))),
    ];

    private static readonly Tin Importer = TestMandates.Importer;

    private async Task<Desk> DeskAsync()
    {
        var mandates = await TestMandates.StartAsync(await ledger.NewAsync());
        await mandates.Authority.RegisterAsync($$$"""{"tin":"{{{Applicant}}}","legalName":"Applicant B.V.","jurisdiction":"NL","roles":["IM"],"evidence":{"source":"test"}}""");
        var desk = new Desk(mandates, await mandates.PersonAsync(Applicant));
        Value(await desk.TakeAsync(AeoAct.Open));
        return desk;
    }

    private sealed class Desk(TestMandates mandates, string member) : IDisposable
    {
        private readonly AnswerSheets _sheets = new(mandates.Authority.Database, QuestionnaireCatalogue.Embedded, ProgrammeCatalogue.Embedded);

        public TestMandates Mandates => mandates;

        public string Member => member;

        public Attachments Read => new(mandates.Authority.Database);

        public AttachDocument Attach => new(mandates.Authority.Database, _sheets, mandates.Authority.Time);

        private ChangeAeoStatus Change => new(mandates.Authority.Database, mandates.Authority.Time, ProgrammeCatalogue.Embedded);

        public async Task<AnswerSheet> FindAsync() => Value(await _sheets.FindAsync(Applicant, null, "AEOC", Cancellation));

        public Task<Outcome<AnswerSheet>> SaveAsync(params (string, string?)[] given) => SaveAsync(member, given);

        public Task<Outcome<AnswerSheet>> SaveAsync(string account, params (string, string?)[] given) =>
            new SaveAnswers(mandates.Authority.Database, _sheets, mandates.Authority.Time).ExecuteAsync(
                Applicant, null, "AEOC", given.ToDictionary(each => each.Item1, each => each.Item2), account, Cancellation);

        public Task<Outcome<AttachedDocument>> AttachAsync(string name, byte[] content, string? account = null) =>
            Attach.ExecuteAsync(Applicant, null, "AEOC", name, content, account ?? member, Cancellation);

        public Task<Outcome<AeoComponent>> TakeAsync(AeoAct act) =>
            new TakeHoldersAct(mandates.Authority.Database, Change, _sheets, mandates.Authority.Time).ExecuteAsync(Decision(act), member, Cancellation);

        public Task<Outcome<AeoComponent>> OfficerAsync(AeoAct act) => Change.ExecuteAsync(Decision(act), AeoOfficer.System("machine"), Cancellation);

        public Task<long> StoredAsync() => mandates.Authority.Database.WriteAsync(tx => tx.ScalarAsync<long>("SELECT COUNT(*) FROM documents"), Cancellation);

        private AeoDecision Decision(AeoAct act) => new()
        {
            Tin = Applicant,
            Component = "AEOC",
            Act = act,
            LegalGround = "x",
            EffectiveFrom = DateOnly.FromDateTime(mandates.Now.UtcDateTime),
        };

        public void Dispose() => mandates.Dispose();
    }
}
