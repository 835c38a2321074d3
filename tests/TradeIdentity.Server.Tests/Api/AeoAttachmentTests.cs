using System.Net;
using System.Net.Http.Headers;
using TradeIdentity.Server.Tests.Companies;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>Documents of an application over the API: taken by what they are, given to those they concern, and never shown in a page's place.</summary>
public sealed class AeoAttachmentTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7 a plan"u8];

    private readonly Company _company = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_is_attached_read_by_officers_and_taken_back()
    {
        var (tin, token) = await DraftAsync();
        var attached = await AttachAsync(tin, token, "plan of the warehouse.pdf", Pdf);
        var id = attached.GetProperty("id").GetString()!;
        Assert.Equal(("application/pdf", Pdf.Length), (attached.GetProperty("mediaType").GetString(), attached.GetProperty("size").GetInt32()));
        var officer = await host.RegisterAsync();
        await host.AppointAsync(officer, "aeo-officer");
        var decide = await host.AccessTokenAsync(officer, "aeo.decide");
        Assert.Equal(id, Assert.Single((await _company.ReadAsync(decide, $"/operators/{tin}/aeo/attachments?component=AEOC")).GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        foreach (var (path, reader) in new[] { ($"/api/v1/operators/{tin}/aeo/attachments/{id}", decide), ($"/api/v1/operators/{tin}/aeo/holder/attachments/{id}", token) })
        {
            using var file = await host.GetAsync(path, bearer: reader);
            Assert.Equal(Pdf, await file.Content.ReadAsByteArrayAsync(Cancellation));
            Assert.Equal(("attachment", "plan of the warehouse.pdf"), (file.Content.Headers.ContentDisposition?.DispositionType, file.Content.Headers.ContentDisposition?.FileName?.Trim('"')));
            Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
            Assert.Contains("sandbox", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        using var removed = await SendAsync(HttpMethod.Delete, $"/api/v1/operators/{tin}/aeo/holder/attachments/{id}", token, null);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await host.GetAsync($"/api/v1/operators/{tin}/aeo/attachments/{id}", bearer: decide);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Of_another_company_nothing_is_read_written_or_removed()
    {
        var (tin, token) = await DraftAsync();
        var id = (await AttachAsync(tin, token, "plan.pdf", Pdf)).GetProperty("id").GetString();
        var (other, theirs) = await DraftAsync();
        foreach (var (method, path, status) in new[]
        {
            (HttpMethod.Get, $"/api/v1/operators/{tin}/aeo/holder/attachments/{id}", HttpStatusCode.Forbidden),
            (HttpMethod.Get, $"/api/v1/operators/{tin}/aeo/holder/attachments?component=AEOC", HttpStatusCode.Forbidden),
            (HttpMethod.Get, $"/api/v1/operators/{tin}/aeo/holder/questionnaire?component=AEOC", HttpStatusCode.Forbidden),
            (HttpMethod.Delete, $"/api/v1/operators/{tin}/aeo/holder/attachments/{id}", HttpStatusCode.Forbidden),
            (HttpMethod.Get, $"/api/v1/operators/{other}/aeo/holder/attachments/{id}", HttpStatusCode.NotFound),
            (HttpMethod.Delete, $"/api/v1/operators/{other}/aeo/holder/attachments/{id}", HttpStatusCode.NotFound),
        })
        {
            using var answer = await SendAsync(method, path, theirs, null);
            Assert.True(answer.StatusCode == status, $"{method} {path}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("application/pdf", "<html>", HttpStatusCode.UnsupportedMediaType, "document_type")]
    [InlineData("text/html", "%PDF-1.7", HttpStatusCode.UnsupportedMediaType, "media_type_unsupported")]
    public async Task What_is_no_document_is_refused(string mediaType, string content, HttpStatusCode status, string code)
    {
        var (tin, token) = await DraftAsync();
        using var answer = await SendAsync(HttpMethod.Post, $"/api/v1/operators/{tin}/aeo/holder/attachments?component=AEOC&name=a.pdf", token, System.Text.Encoding.UTF8.GetBytes(content), mediaType);
        Assert.Equal((status, code), (answer.StatusCode, (await OpenIdHost.JsonAsync(answer)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task What_is_too_large_is_refused()
    {
        var (tin, token) = await DraftAsync();
        using var answer = await SendAsync(
            HttpMethod.Post, $"/api/v1/operators/{tin}/aeo/holder/attachments?component=AEOC&name=a.pdf", token, [.. Pdf, .. new byte[6 * 1024 * 1024]]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private async Task<(string Tin, string Token)> DraftAsync()
    {
        var (founder, tin) = await _company.FoundAsync();
        var token = await _company.MemberAsync(founder, tin, "aeo.apply");
        await _company.DoAsync(token, $"/operators/{tin}/aeo/holder/acts", """{"component":"AEOC","act":"open","reason":"We export."}""");
        return (tin, token);
    }

    private async Task<System.Text.Json.JsonElement> AttachAsync(string tin, string token, string name, byte[] content)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/api/v1/operators/{tin}/aeo/holder/attachments?component=AEOC&name={Uri.EscapeDataString(name)}", token, content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await OpenIdHost.JsonAsync(answer);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string token, byte[]? content, string mediaType = "application/pdf")
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token), ExpectContinue = true } };
        if (content is not null)
        {
            request.Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        }

        return await host.Http.SendAsync(request, Cancellation);
    }
}
