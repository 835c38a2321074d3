using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;

namespace TradeIdentity.Server.Tests.Api;

[Collection(OnOneServer.Name)]
public sealed class CredentialEndpointsTests(ServerFixture server)
{
    private const string Path = "/api/v1/credentials";
    private const string UnknownId = "00000000000000000000000000000000";

    [Fact]
    public async Task What_is_issued_is_answered_as_documented_and_found_again()
    {
        using var response = await server.PostJsonAsync(Path, $$"""{"tin":"{{ServerFixture.AeoTin}}","type":"AeoStatus"}""");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var credential = await ServerFixture.JsonAsync(response);
        Assert.Equal(
            ["id", "type", "tin", "qrText", "issuedAt", "expiresAt", "status", "links"],
            credential.EnumerateObject().Select(member => member.Name));
        var id = credential.GetProperty("id").GetString()!;
        Assert.Equal($"{Path}/{id}", response.Headers.Location!.OriginalString);
        Assert.Equal(("AeoStatus", ServerFixture.AeoTin), (credential.GetProperty("type").GetString(), credential.GetProperty("tin").GetString()));
        Assert.StartsWith("TI1:", credential.GetProperty("qrText").GetString(), StringComparison.Ordinal);
        Assert.True(Time(credential.GetProperty("expiresAt").GetString()!) > Time(credential.GetProperty("issuedAt").GetString()!));
        Assert.Equal(1, credential.GetProperty("status").GetProperty("list").GetInt32());
        Assert.InRange(credential.GetProperty("status").GetProperty("index").GetInt32(), 0, int.MaxValue);
        Assert.Equal("valid", credential.GetProperty("status").GetProperty("value").GetString());
        Assert.Equal(["png", "svg", "pdf"], credential.GetProperty("links").EnumerateObject().Select(link => link.Name));
        using var found = await server.GetAsync($"{Path}/{id}");
        Assert.Equal(credential.GetRawText(), (await ServerFixture.JsonAsync(found)).GetRawText());
    }

    [Theory]
    [InlineData("""{"tin":"NL000000404","type":"AeoStatus"}""", HttpStatusCode.NotFound, "operator_unknown")]
    [InlineData("""{"tin":"nl","type":"AeoStatus"}""", HttpStatusCode.BadRequest, "tin_malformed")]
    [InlineData("""{"tin":"NL854502130","type":"Passport"}""", HttpStatusCode.UnprocessableEntity, "credential_type_unknown")]
    [InlineData("""{"tin":"NL854502130","type":"aeostatus"}""", HttpStatusCode.UnprocessableEntity, "credential_type_unknown")]
    [InlineData("""{"tin":"CHDEMO0001","type":"AeoStatus"}""", HttpStatusCode.Conflict, "aeo_not_granted")]
    [InlineData("""{"tin":"NL854502130","type":"Mandate"}""", HttpStatusCode.UnprocessableEntity, "mandate_missing")]
    [InlineData("""{"tin":"NL854502130","type":"AeoStatus","colour":"red"}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{"Tin":"NL854502130","Type":"AeoStatus"}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{"tin":"NL854502130","tin":"NL854502130","type":"AeoStatus"}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{"tin":854502130,"type":"AeoStatus"}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{"tin":null,"type":"AeoStatus"}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{"tin":"NL854502130"}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{"tin":"NL854502130","type":"AeoStatus"} {}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{"tin":"NL854502130","type":"AeoStatus",}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{"tin":"\ud800","type":"AeoStatus"}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("[]", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("null", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("tin=NL854502130", HttpStatusCode.BadRequest, "body_invalid")]
    public Task A_request_that_is_not_as_documented_issues_nothing(string body, HttpStatusCode status, string code) =>
        ProblemAssert.StoresNothingAsync(server, status, code, () => server.PostJsonAsync(Path, body));

    [Fact]
    public Task Another_media_type_is_refused() =>
        ProblemAssert.StoresNothingAsync(server, HttpStatusCode.UnsupportedMediaType, "media_type_unsupported",
            () => server.SendAsync(HttpMethod.Post, Path, new StringContent("""{"tin":"NL854502130","type":"AeoStatus"}""", Encoding.UTF8, "text/plain")));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_body_too_large_is_refused_whether_it_says_its_length_or_not(bool chunked) =>
        ProblemAssert.StoresNothingAsync(server, HttpStatusCode.RequestEntityTooLarge, "body_too_large", () =>
        {
            var text = Encoding.UTF8.GetBytes($$"""{"tin":"NL854502130","type":"{{new string('A', 70_000)}}"}""");
            HttpContent content = chunked ? new StreamContent(new UnseekableStream(text)) : new ByteArrayContent(text);
            content.Headers.ContentType = new("application/json");
            return server.SendAsync(HttpMethod.Post, Path, content);
        });

    [Fact]
    public async Task Nesting_without_end_is_refused() =>
        await ProblemAssert.StoresNothingAsync(server, HttpStatusCode.BadRequest, "body_invalid",
            () => server.PostJsonAsync(Path, $$"""{"tin":{{new string('[', 20_000)}}{{new string(']', 20_000)}},"type":"AeoStatus"}"""));

    [Fact]
    public async Task The_png_is_read_by_another_program()
    {
        var credential = await server.IssueAsync();
        using var response = await server.GetAsync($"{Path}/{credential.GetProperty("id").GetString()}/qr.png");
        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        var png = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(credential.GetProperty("qrText").GetString(), await Zbarimg.ReadAsync(png));
    }

    [Fact]
    public async Task The_card_is_a_pdf_or_says_what_the_build_lacked()
    {
        var credential = await server.IssueAsync();
        using var response = await server.GetAsync($"{Path}/{credential.GetProperty("id").GetString()}/card.pdf");
        if (!Directory.Exists(System.IO.Path.Combine(AppContext.BaseDirectory, "fonts")))
        {
            await ProblemAssert.IsAsync(HttpStatusCode.ServiceUnavailable, "pdf_unavailable", response);
            return;
        }

        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.MediaType);
        var pdf = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("%PDF-"u8.ToArray(), pdf[..5]);
    }

    [Fact]
    public async Task The_svg_is_well_formed_and_holds_no_script()
    {
        var credential = await server.IssueAsync();
        using var response = await server.GetAsync($"{Path}/{credential.GetProperty("id").GetString()}/qr.svg");
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
        var svg = XDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
        Assert.Equal(XName.Get("svg", "http://www.w3.org/2000/svg"), svg.Name);
        Assert.NotNull(svg.Attribute("viewBox"));
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName == "script");
    }

    [Theory]
    [InlineData("", UnknownId, HttpStatusCode.NotFound, "credential_unknown")]
    [InlineData("/qr.png", UnknownId, HttpStatusCode.NotFound, "credential_unknown")]
    [InlineData("/qr.svg", UnknownId, HttpStatusCode.NotFound, "credential_unknown")]
    [InlineData("", "1", HttpStatusCode.BadRequest, "id_malformed")]
    [InlineData("/qr.png", "0000000000000000000000000000000G", HttpStatusCode.BadRequest, "id_malformed")]
    [InlineData("/qr.svg", "0000000000000000000000000000000A", HttpStatusCode.BadRequest, "id_malformed")]
    public async Task A_credential_that_is_not_there_is_a_problem(string part, string id, HttpStatusCode status, string code)
    {
        using var response = await server.GetAsync($"{Path}/{id}{part}");
        await ProblemAssert.IsAsync(status, code, response);
    }

    [Fact]
    public async Task A_status_goes_from_valid_to_suspended_and_back_and_ends_at_revoked()
    {
        var id = (await server.IssueAsync()).GetProperty("id").GetString()!;
        foreach (var status in (string[])["suspended", "valid", "revoked", "revoked"])
        {
            var changed = await server.ChangeStatusAsync(id, status);
            Assert.Equal(status, changed.GetProperty("status").GetProperty("value").GetString());
            using var found = await server.GetAsync($"{Path}/{id}");
            Assert.Equal(changed.GetRawText(), (await ServerFixture.JsonAsync(found)).GetRawText());
        }

        foreach (var status in (string[])["valid", "suspended"])
        {
            await ProblemAssert.StoresNothingAsync(server, HttpStatusCode.Conflict, "credential_revoked",
                () => server.PostJsonAsync($"{Path}/{id}/status", $$"""{"status":"{{status}}","ground":"a second thought"}"""));
        }
    }

    [Theory]
    [InlineData("""{"status":"expired","ground":"g"}""", HttpStatusCode.UnprocessableEntity, "status_invalid")]
    [InlineData("""{"status":"revoked","ground":""}""", HttpStatusCode.UnprocessableEntity, "ground_invalid")]
    [InlineData("""{"status":"revoked","ground":"   "}""", HttpStatusCode.UnprocessableEntity, "ground_invalid")]
    [InlineData("""{"status":"revoked","ground":"a\nb"}""", HttpStatusCode.UnprocessableEntity, "ground_invalid")]
    [InlineData("""{"status":"revoked"}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{"status":"revoked","ground":null}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{"status":"revoked","ground":"g","by":"me"}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{"status":"valid","status":"revoked","ground":"g"}""", HttpStatusCode.BadRequest, "body_invalid")]
    public async Task A_status_change_that_is_not_as_documented_changes_nothing(string body, HttpStatusCode status, string code)
    {
        var id = (await server.IssueAsync()).GetProperty("id").GetString()!;
        await ProblemAssert.StoresNothingAsync(server, status, code, () => server.PostJsonAsync($"{Path}/{id}/status", body));
        using var found = await server.GetAsync($"{Path}/{id}");
        Assert.Equal("valid", (await ServerFixture.JsonAsync(found)).GetProperty("status").GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_ground_too_long_is_refused()
    {
        var id = (await server.IssueAsync()).GetProperty("id").GetString()!;
        await ProblemAssert.StoresNothingAsync(server, HttpStatusCode.UnprocessableEntity, "ground_invalid",
            () => server.PostJsonAsync($"{Path}/{id}/status", $$"""{"status":"revoked","ground":"{{new string('g', 501)}}"}"""));
    }

    [Theory]
    [InlineData(UnknownId, HttpStatusCode.NotFound, "credential_unknown")]
    [InlineData("1", HttpStatusCode.BadRequest, "id_malformed")]
    public Task The_status_of_a_credential_that_is_not_there_is_a_problem(string id, HttpStatusCode status, string code) =>
        ProblemAssert.StoresNothingAsync(server, status, code, () => server.PostJsonAsync($"{Path}/{id}/status", """{"status":"revoked","ground":"g"}"""));

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
