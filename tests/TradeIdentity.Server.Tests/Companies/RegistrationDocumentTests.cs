using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Companies;

public sealed class RegistrationDocumentOnSqliteTests(PersonHost host) : RegistrationDocumentTests(host), IClassFixture<PersonHost>;

public sealed class RegistrationDocumentOnPostgreSqlTests(PostgreSqlPersonHost host) : RegistrationDocumentTests(host), IClassFixture<PostgreSqlPersonHost>;

/// <summary>What people show who register a company: theirs while it is open, read by registrars, gone with the person.</summary>
public abstract class RegistrationDocumentTests(PersonHost host)
{
    private readonly Company _company = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_is_shown_read_by_the_registrar_and_taken_back_while_the_registration_is_open()
    {
        var (person, id, _) = await RegisterAsync();
        var content = Pdf();
        var document = await AttachAsync(person, id, @"C:\papers\deed.pdf", content);
        Assert.Equal(("deed.pdf", "application/pdf", content.Length), (document.GetProperty("name").GetString(), document.GetProperty("mediaType").GetString(), document.GetProperty("size").GetInt32()));
        var second = await AttachAsync(person, id, "again.pdf", content);
        var registrar = await _company.RegistrarAsync();
        foreach (var (reader, path) in new[] { (person, $"/registrations/{id}/documents"), (registrar, $"/officer/registrations/{id}/documents") })
        {
            Assert.Equal(["deed.pdf", "again.pdf"], (await _company.ReadAsync(reader, path)).GetProperty("items").EnumerateArray().Select(each => each.GetProperty("name").GetString()));
            using var file = await host.GetAsync($"/api/v1{path}/{document.GetProperty("id").GetString()}", bearer: reader);
            Assert.Equal(content, await file.Content.ReadAsByteArrayAsync(Cancellation));
            Assert.Equal(("attachment", "nosniff"), (file.Content.Headers.ContentDisposition?.DispositionType, Assert.Single(file.Headers.GetValues("X-Content-Type-Options"))));
        }

        Assert.Equal(HttpStatusCode.NoContent, await RemoveAsync(person, id, second.GetProperty("id").GetString()!));
        Assert.Equal(HttpStatusCode.NotFound, await RemoveAsync(person, id, second.GetProperty("id").GetString()!));
        Assert.Equal(1, await StoredAsync(document));
        await _company.DoAsync(registrar, $"/officer/registrations/{id}/confirm", Company.Decision(Company.NewTin()));
        Assert.Equal(HttpStatusCode.Conflict, await RemoveAsync(person, id, document.GetProperty("id").GetString()!));
        using var late = await SendAsync(HttpMethod.Post, person, $"/registrations/{id}/documents?name=late.pdf", content);
        Assert.Equal("registration_settled", (await OpenIdHost.JsonAsync(late)).GetProperty("code").GetString());
        Assert.Single((await _company.ReadAsync(registrar, $"/officer/registrations/{id}/documents")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Of_anothers_registration_nothing_is_read_shown_or_taken_back()
    {
        var (person, id, _) = await RegisterAsync();
        var document = (await AttachAsync(person, id, "deed.pdf", Pdf())).GetProperty("id").GetString()!;
        var (other, otherId, _) = await RegisterAsync();
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, $"/registrations/{id}/documents"), (HttpMethod.Get, $"/registrations/{id}/documents/{document}"), (HttpMethod.Delete, $"/registrations/{id}/documents/{document}"),
            (HttpMethod.Post, $"/registrations/{id}/documents?name=a.pdf"), (HttpMethod.Get, $"/registrations/{otherId}/documents/{document}"), (HttpMethod.Delete, $"/registrations/{otherId}/documents/{document}"),
        })
        {
            using var answer = await SendAsync(method, other, path, method == HttpMethod.Post ? Pdf() : null);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{method} {path}: {answer.StatusCode}");
        }

        using var notRegistrar = await host.GetAsync($"/api/v1/officer/registrations/{id}/documents/{document}", bearer: other);
        Assert.Equal(HttpStatusCode.Forbidden, notRegistrar.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PageAsync($"/company/registrations/{id}/documents/{document}", await host.RegisterAsync())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PageAsync($"/officer/registrations/{id}/documents/{document}", await host.RegisterAsync())).Status);
    }

    [Fact]
    public async Task What_is_no_document_too_large_or_too_many_is_refused()
    {
        var (person, id, _) = await RegisterAsync();
        foreach (var (content, name, status, code) in new (byte[], string, HttpStatusCode, string)[]
        {
            ([.. "<html>"u8], "a.pdf", HttpStatusCode.UnsupportedMediaType, "document_type"),
            (Pdf(), "%20", HttpStatusCode.UnprocessableEntity, "document_name"),
            ([.. Pdf(), .. new byte[5 * 1024 * 1024]], "a.pdf", HttpStatusCode.RequestEntityTooLarge, "document_too_large"),
        })
        {
            using var answer = await SendAsync(HttpMethod.Post, person, $"/registrations/{id}/documents?name={name}", content);
            Assert.Equal((status, code), (answer.StatusCode, (await OpenIdHost.JsonAsync(answer)).GetProperty("code").GetString()));
        }

        for (var i = 0; i < 10; i++)
        {
            await AttachAsync(person, id, $"{i}.pdf", Pdf());
        }

        using var eleventh = await SendAsync(HttpMethod.Post, person, $"/registrations/{id}/documents?name=11.pdf", Pdf());
        Assert.Equal((HttpStatusCode.Conflict, "registration_document_limit"), (eleventh.StatusCode, (await OpenIdHost.JsonAsync(eleventh)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Of_a_registration_that_was_withdrawn_no_document_is_kept()
    {
        var (person, id, _) = await RegisterAsync();
        var document = await AttachAsync(person, id, "deed.pdf", Pdf());
        await _company.DoAsync(person, $"/registrations/{id}/withdraw");
        Assert.Empty((await _company.ReadAsync(person, $"/registrations/{id}/documents")).GetProperty("items").EnumerateArray());
        Assert.Equal(0, await StoredAsync(document));
    }

    [Fact]
    public async Task What_a_person_showed_goes_with_the_person_and_what_another_showed_too_stays()
    {
        var content = Pdf();
        var (person, id, account) = await RegisterAsync();
        var document = await AttachAsync(person, id, "deed.pdf", content);
        var (other, otherId, _) = await RegisterAsync();
        await AttachAsync(other, otherId, "deed.pdf", content);
        var own = await AttachAsync(person, id, "own.pdf", Pdf());
        await _company.DoAsync(await _company.RegistrarAsync(), $"/officer/registrations/{id}/refuse", """{"text":"No."}""");
        Assert.Null((await host.Services.GetRequiredService<CloseAccount>().ExecuteAsync(account, Cancellation)).Refusal);
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE accounts SET closed_at = closed_at - 31 * 86400 WHERE id = @account", new { account }), Cancellation);
        await host.Services.GetRequiredService<EraseWhatIsPast>().ExecuteAsync(Cancellation);
        Assert.Equal((1, 0), (await StoredAsync(document), await StoredAsync(own)));
        Assert.Single((await _company.ReadAsync(other, $"/registrations/{otherId}/documents")).GetProperty("items").EnumerateArray());
    }

    // No two tests have the same document.
    private static byte[] Pdf() => [.. "%PDF-1.7 a deed "u8, .. RandomNumberGenerator.GetBytes(16)];

    private async Task<(string Token, string Id, string Account)> RegisterAsync()
    {
        var account = await host.RegisterAsync();
        var token = await host.AccessTokenAsync(account, "entities.own notices.read");
        var registration = await _company.DoAsync(token, "/registrations", Company.Application(Company.NewNumber()), HttpStatusCode.Created);
        return (token, registration.GetProperty("id").GetString()!, account);
    }

    private async Task<JsonElement> AttachAsync(string token, string id, string name, byte[] content)
    {
        using var answer = await SendAsync(HttpMethod.Post, token, $"/registrations/{id}/documents?name={Uri.EscapeDataString(name)}", content);
        var json = await OpenIdHost.JsonAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, json.ToString());
        return json;
    }

    private async Task<HttpStatusCode> RemoveAsync(string token, string id, string document)
    {
        using var answer = await SendAsync(HttpMethod.Delete, token, $"/registrations/{id}/documents/{document}", null);
        return answer.StatusCode;
    }

    private async Task<(HttpStatusCode Status, string Body)> PageAsync(string path, string account)
    {
        using var answer = await host.GetAsync(path, await host.SignInAsync(account, "urn:tradeidentity:acr:2"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private Task<long> StoredAsync(JsonElement document) => host.Database.WriteAsync(
        tx => tx.ScalarAsync<long>("SELECT COUNT(*) FROM documents WHERE digest = @digest", new { digest = document.GetProperty("sha256").GetString() }), Cancellation);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string token, string path, byte[]? content)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token), ExpectContinue = true } };
        if (content is not null)
        {
            request.Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        }

        return await host.Http.SendAsync(request, Cancellation);
    }
}
