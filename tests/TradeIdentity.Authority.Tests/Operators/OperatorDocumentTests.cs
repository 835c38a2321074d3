using System.Text;
using CsCheck;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Authority.Tests.Operators;

public class OperatorDocumentTests
{
    private const string Good = """{"tin":"NL1","legalName":"Example","jurisdiction":"NL"}""";

    private static readonly OperatorDocument Document = new(ProgrammeCatalogue.Embedded);

    /// <summary>Bad documents: the code each is refused with, and the path its detail begins with.</summary>
    public static TheoryData<string, string, string> Bad => new()
    {
        { "", "json_malformed", "The operator" },
        { "not json", "json_malformed", "The operator" },
        { Good + " {}", "json_malformed", "The operator" },
        { "\uFEFF" + Good, "json_malformed", "The operator" },
        { Good[..^1] + ",}", "json_malformed", "The operator" },
        { """{"tin":"NL1",/* no */"legalName":"x","jurisdiction":"NL"}""", "json_malformed", "The operator" },
        { With("\"aeo\":[[[[[[[[[[]]]]]]]]]]"), "json_malformed", "The operator" },
        { "[]", "type_wrong", "$ " },
        { "null", "type_wrong", "$ " },
        { With("\"tradingNames\":\"x\""), "type_wrong", "$.tradingNames" },
        { With("\"tradingNames\":[1]"), "type_wrong", "$.tradingNames[0]" },
        { With("\"identifiers\":[null]"), "type_wrong", "$.identifiers[0]" },
        { With("\"registeredAddress\":[]"), "type_wrong", "$.registeredAddress" },
        { With("\"legalForm\":7"), "type_wrong", "$.legalForm" },
        { """{"tin":1,"legalName":"x","jurisdiction":"NL"}""", "type_wrong", "$.tin" },
        { With("\"name\":\"x\""), "member_unknown", "$ " },
        { With("\"Roles\":[]"), "member_unknown", "$ " },
        { With("\"evidence\":{\"source\":\"s\",\"by\":\"me\"}"), "member_unknown", "$.evidence" },
        { With("\"tin\":\"NL1\""), "member_duplicate", "$.tin" },
        { With("\"\\u0074in\":\"NL2\""), "member_duplicate", "$.tin" },
        { With("\"registeredAddress\":{\"country\":\"NL\",\"country\":\"NL\"}"), "member_duplicate", "$.registeredAddress.country" },
        { """{"legalName":"x","jurisdiction":"NL"}""", "member_missing", "$.tin" },
        { """{"tin":"NL1","jurisdiction":"NL"}""", "member_missing", "$.legalName" },
        { """{"tin":"NL1","legalName":null,"jurisdiction":"NL"}""", "member_missing", "$.legalName" },
        { """{"tin":"NL1","legalName":"x"}""", "member_missing", "$.jurisdiction" },
        { With("\"registeredAddress\":{\"street\":\"x\"}"), "member_missing", "$.registeredAddress.country" },
        { With("\"evidence\":{}"), "member_missing", "$.evidence.source" },
        { """{"tin":"nl1","legalName":"x","jurisdiction":"NL"}""", "tin_invalid", "$.tin" },
        { """{"tin":"NL1234567890123456","legalName":"x","jurisdiction":"NL"}""", "tin_invalid", "$.tin" },
        { """{"tin":"NL1","legalName":"x","jurisdiction":"Netherlands"}""", "jurisdiction_invalid", "$.jurisdiction" },
        { With("\"legalForm\":\"B.V.\""), "legal_form_invalid", "$.legalForm" },
        { With("\"registeredAddress\":{\"country\":\"ZZ\"}"), "country_invalid", "$.registeredAddress.country" },
        { $$"""{"tin":"NL1","legalName":"{{new string('x', 251)}}","jurisdiction":"NL"}""", "text_too_long", "$.legalName" },
        { """{"tin":"NL1","legalName":"","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"NL1","legalName":"   ","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"NL1","legalName":"a\u0000b","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"NL1","legalName":"a\nb","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"NL1","legalName":"a\u202Eb","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"NL1","legalName":"\ud800","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"\ud800","legalName":"x","jurisdiction":"NL"}""", "text_invalid", "$.tin" },
        { """{"\ud800":1}""", "json_malformed", "The operator" },
        { """{"tin":"NL1","legalName":"x","jurisdiction":"NL","\udc00":1}""", "json_malformed", "The operator" },
        { """{"tin":"NL1","legalName":"x","jurisdiction":"NL","identifiers":[{"scheme":"gln","\ud800":1}]}""", "json_malformed", "The operator" },
        { """{"tin":"NL1","legalName":"a\u200Bb","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"NL1","legalName":"a\u200Eb","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"NL1","legalName":"a\u00ADb","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"NL1","legalName":"a\uFEFFb","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"NL1","legalName":"a\uDB40\uDC41b","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"NL1","legalName":"a\u3164b","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { """{"tin":"NL1","legalName":"\u200D\u200C","jurisdiction":"NL"}""", "text_invalid", "$.legalName" },
        { With("\"identifiers\":[{\"scheme\":\"LEI\",\"value\":\"1\"}]"), "identifier_scheme_invalid", "$.identifiers[0].scheme" },
        { With("\"identifiers\":[{\"scheme\":\"lei\",\"value\":\"506700GE1G29325QX364\"}]"), "identifier_invalid", "$.identifiers[0].value" },
        { With("\"identifiers\":[{\"scheme\":\"national\",\"value\":\"a\\u0007\"}]"), "identifier_invalid", "$.identifiers[0].value" },
        { With("\"identifiers\":[{\"scheme\":\"x\",\"value\":\"1\"},{\"scheme\":\"x\",\"value\":\"1\"}]"), "item_duplicate", "$.identifiers[1]" },
        { With("\"roles\":[\"importer\"]"), "role_unknown", "$.roles[0]" },
        { With("\"roles\":[\"IM\",\"IM\"]"), "item_duplicate", "$.roles[1]" },
        { With($"\"tradingNames\":[{string.Join(',', Enumerable.Range(0, 51).Select(number => $"\"{number}\""))}]"), "too_many_items", "$.tradingNames" },
        { With("\"evidence\":{\"source\":\"s\",\"assertedAt\":\"2026-01-01\"}"), "time_invalid", "$.evidence.assertedAt" },
        { With("\"evidence\":{\"source\":\"s\",\"assertedAt\":\"2026-01-01T00:00:00\"}"), "time_invalid", "$.evidence.assertedAt" },
        { With("\"evidence\":{\"source\":\"s\",\"confirmedBy\":\"me\"}"), "confirmation_unknown", "$.evidence.confirmedBy" },
        { Aeo("\"component\":\"AEOF\",\"status\":\"granted\",\"effectiveFrom\":\"2024-01-01\""), "aeo_component_unknown", "$.aeo[0].component" },
        { Aeo("\"programme\":\"MARS\",\"component\":\"AEOC\",\"status\":\"granted\",\"effectiveFrom\":\"2024-01-01\""), "aeo_programme_unknown", "$.aeo[0].programme" },
        { Aeo("\"component\":\"AEOC\",\"status\":\"Granted\",\"effectiveFrom\":\"2024-01-01\""), "aeo_status_unknown", "$.aeo[0].status" },
        { Aeo("\"component\":\"AEOC\",\"status\":\"submitted\",\"effectiveFrom\":\"2024-01-01\""), "aeo_status_not_importable", "$.aeo[0].status" },
        { Aeo("\"component\":\"AEOC\",\"status\":\"granted\""), "member_missing", "$.aeo[0].effectiveFrom" },
        { Aeo("\"component\":\"AEOC\",\"status\":\"granted\",\"effectiveFrom\":\"01-01-2024\""), "date_invalid", "$.aeo[0].effectiveFrom" },
        { Aeo("\"component\":\"AEOC\",\"status\":\"granted\",\"effectiveFrom\":\"2023-02-29\""), "date_invalid", "$.aeo[0].effectiveFrom" },
        { Aeo("\"component\":\"AEOC\",\"status\":\"granted\",\"effectiveFrom\":\"2024-01-01\",\"effectiveUntil\":\"2023-12-31\""), "aeo_dates_out_of_order", "$.aeo[0].effectiveUntil" },
        { Aeo("\"component\":\"AEOC\",\"status\":\"granted\",\"effectiveFrom\":\"2024-01-01\",\"tier\":\"GOLD\""), "aeo_tier_unknown", "$.aeo[0].tier" },
        { Aeo("\"component\":\"AEOC\",\"status\":\"granted\",\"effectiveFrom\":\"2024-01-01\",\"ground\":\"suspected\""), "aeo_ground_invalid", "$.aeo[0].ground" },
        { Aeo("\"component\":\"AEOC\",\"status\":\"granted\",\"effectiveFrom\":\"2024-01-01\",\"authorisationNumber\":\"no spaces\""), "authorisation_number_invalid", "$.aeo[0].authorisationNumber" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Refuses_a_bad_document_with_its_code_and_path(string document, string code, string path)
    {
        var refusal = Document.Read(Encoding.UTF8.GetBytes(document)).Refusal;

        Assert.NotNull(refusal);
        Assert.Equal(code, refusal.Code);
        Assert.StartsWith(path, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_is_not_utf_8_and_what_is_too_long()
    {
        var latin1 = Encoding.Latin1.GetBytes(Good.Replace("Example", "Café"));
        Assert.Equal("json_malformed", Document.Read(latin1).Refusal?.Code);
        Assert.Equal("document_too_long", Document.Read(new byte[OperatorDocument.MaxBytes + 1]).Refusal?.Code);
    }

    [Fact]
    public void Reads_the_least_that_an_operator_is()
    {
        Assert.True(Document.Read(Encoding.UTF8.GetBytes(Good)).TryGet(out var facts, out _));
        Assert.Equal(("NL1", "Example", "NL"), (facts.Tin.Value, facts.LegalName, facts.Jurisdiction.Value));
        Assert.Empty(facts.Identifiers);
        Assert.Null(facts.Evidence);
    }

    [Fact]
    public void Names_are_trimmed_and_composed()
    {
        var document = """{"tin":"NL1","legalName":"  Cafe\u0301 ","jurisdiction":"NL"}"""u8.ToArray();
        Assert.True(Document.Read(document).TryGet(out var facts, out _));
        Assert.Equal("Caf\u00E9", facts.LegalName);
    }

    [Theory]
    [InlineData("US1", "CTPAT", "US-CTPAT")]
    [InlineData("GB123456789000", "AEOS", "GB-AEO")]
    [InlineData("KE1", "AEO", "SAFE")]
    public void The_programme_is_that_of_the_country_unless_the_entry_names_one(string tin, string component, string programme)
    {
        var document = $$"""{"tin":"{{tin}}","legalName":"x","jurisdiction":"NL","aeo":[{"component":"{{component}}","status":"granted","effectiveFrom":"2024-01-01"}]}""";
        Assert.True(Document.Read(Encoding.UTF8.GetBytes(document)).TryGet(out var facts, out _));
        Assert.Equal(programme, Assert.Single(facts.Aeo).Programme);
    }

    [Fact]
    public void Any_change_of_bytes_is_read_or_refused_and_never_throws()
    {
        var whole = Encoding.UTF8.GetBytes(Register.OneLine(Register.Whole));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[1, 8]).Sample((at, value, count) =>
        {
            var changed = whole.ToArray();
            changed.AsSpan(at, Math.Min(count, changed.Length - at)).Fill(value);
            var outcome = Document.Read(changed);
            Assert.NotEqual(outcome.TryGet(out var facts, out var refusal), refusal is not null);
            Assert.True(facts is not null || refusal!.Detail.Length < 500);
        });
    }

    private static string With(string member) => $"{Good[..^1]},{member}}}";

    private static string Aeo(string members) => With($"\"aeo\":[{{{members}}}]");
}
