using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dapper;
using TradeIdentity.Authority.OpenId.Registration;

namespace TradeIdentity.Server.Tests.OpenId.Registration;

public sealed class ClientRegistrationTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    private const string Service = """{"client_name":"Freight desk","client_name#fr":"Bureau du fret","grant_types":["client_credentials"],"scope":"operators.read","contacts":["desk@freight.example"],"logo_uri":"https://freight.example/logo.svg","software_id":"desk","invented_by_nobody":7}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_registers_itself_and_works_at_once()
    {
        var client = await RegisteredAsync(Service);

        Assert.Equal("Freight desk", client.GetProperty("client_name").GetString());
        Assert.Equal("Bureau du fret", client.GetProperty("client_name#fr").GetString());
        Assert.Equal("client_secret_basic", client.GetProperty("token_endpoint_auth_method").GetString());
        Assert.Equal(0, client.GetProperty("client_secret_expires_at").GetInt64());
        Assert.True(client.GetProperty("client_id_issued_at").GetInt64() > 0);
        Assert.False(client.TryGetProperty("invented_by_nobody", out _));
        Assert.Equal($"{OpenIdHost.Issuer}/connect/register/{client.GetProperty("client_id").GetString()}", client.GetProperty("registration_client_uri").GetString());
        using var token = await host.TokenAsync(
            ("grant_type", "client_credentials"), ("client_id", Text(client, "client_id")), ("client_secret", Text(client, "client_secret")));
        Assert.Equal("operators.read", (await OpenIdHost.JsonAsync(token)).GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("""{"grant_types":["client_credentials"],"scope":"operators.erase"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"scope":"credentials.issue"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["urn:ietf:params:oauth:grant-type:token-exchange"]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["password"]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"none"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"grant_types":["client_credentials"]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":"client_credentials"}""", "invalid_client_metadata")]
    [InlineData("""[]""", "invalid_client_metadata")]
    [InlineData("""{""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"software_statement":"x"}""", "invalid_software_statement")]
    [InlineData("""{"grant_types":["client_credentials"],"software_statement":"eyJhbGciOiJub25lIn0.eyJpc3MiOiJhIn0."}""", "unapproved_software_statement")]
    public async Task What_cannot_be_registered_is_refused_and_costs_no_use(string metadata, string error)
    {
        var (id, token) = await InitialTokenAsync(1, "operators.read");
        using var refused = await RegisterAsync(token, metadata);
        await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.BadRequest, error);
        Assert.Equal(1, await host.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT uses_left FROM initial_access_tokens WHERE id = @id", new { id }), Cancellation));
    }

    [Fact]
    public async Task Without_a_good_initial_token_nobody_registers()
    {
        var (id, withdrawn) = await InitialTokenAsync(5);
        Assert.Null((await Tokens().WithdrawAsync(id, "test", Cancellation)).Refusal);
        foreach (var token in new[] { null, "", "ti1i_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", withdrawn, await host.AccessTokenAsync("operators.read"), new string('x', 9000) })
        {
            using var refused = await RegisterAsync(token, Service);
            await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.Unauthorized, "invalid_token");
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task An_initial_token_registers_as_many_clients_as_it_says_however_many_come_at_once()
    {
        var (_, token) = await InitialTokenAsync(3, "operators.read");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => RegisterAsync(token, Service)));
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Tries_with_one_token_are_bounded()
    {
        var (_, token) = await InitialTokenAsync(1);
        HttpResponseMessage? answer = null;
        // Two minutes may meet in the loop: then both are filled.
        for (var i = 0; i < 70 && answer?.StatusCode != HttpStatusCode.TooManyRequests; i++)
        {
            answer = await RegisterAsync(token, "{}");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answer!.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(60), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_client_reads_replaces_and_deletes_its_own_registration()
    {
        var client = await RegisteredAsync(Service);
        var (id, secret, first) = (Text(client, "client_id"), Text(client, "client_secret"), Text(client, "registration_access_token"));

        using var read = await ManageAsync(HttpMethod.Get, id, first);
        var readBack = await read.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain(secret, readBack, StringComparison.Ordinal);
        Assert.DoesNotContain("client_secret\"", readBack, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", readBack, StringComparison.Ordinal);

        using var replaced = await ManageAsync(HttpMethod.Put, id, first, $$"""{"client_id":"{{id}}","client_secret":"{{secret}}","client_name":"Desk","grant_types":["client_credentials"],"scope":"operators.read"}""");
        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
        var after = await OpenIdHost.JsonAsync(replaced);
        var second = Text(after, "registration_access_token");
        Assert.NotEqual(first, second);
        Assert.Equal("Desk", Text(after, "client_name"));
        Assert.False(after.TryGetProperty("contacts", out _));
        Assert.False(after.TryGetProperty("client_name#fr", out _));
        Assert.False(after.TryGetProperty("client_secret", out _));
        using var token = await host.TokenAsync(("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret));
        Assert.Equal(HttpStatusCode.OK, token.StatusCode);

        using var old = await ManageAsync(HttpMethod.Get, id, first);
        await OpenIdHost.AssertErrorAsync(old, HttpStatusCode.Unauthorized, "invalid_token");
        using var deleted = await ManageAsync(HttpMethod.Delete, id, second);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await ManageAsync(HttpMethod.Get, id, second);
        await OpenIdHost.AssertErrorAsync(gone, HttpStatusCode.Unauthorized, "invalid_token");
        using var noToken = await host.TokenAsync(("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret));
        await OpenIdHost.AssertErrorAsync(noToken, HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Equal(["openid-client-created", "openid-client-updated", "openid-client-deleted"], await ActsAsync(id));
    }

    [Fact]
    public async Task The_token_of_another_client_opens_nothing()
    {
        var mine = await RegisteredAsync(Service);
        var other = await RegisteredAsync(Service);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            foreach (var id in new[] { Text(mine, "client_id"), OpenIdHost.ClientId, "nobody" })
            {
                using var refused = await ManageAsync(method, id, Text(other, "registration_access_token"), $$"""{"client_id":"{{id}}"}""");
                await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.Unauthorized, "invalid_token");
            }
        }
    }

    [Theory]
    [InlineData("""{"client_id":"another","grant_types":["client_credentials"]}""")]
    [InlineData("""{"grant_types":["client_credentials"]}""")]
    [InlineData("""{"client_id":"ID","client_secret":"chosen","grant_types":["client_credentials"]}""")]
    [InlineData("""{"client_id":"ID","registration_access_token":"chosen","grant_types":["client_credentials"]}""")]
    [InlineData("""{"client_id":"ID","client_id_issued_at":1,"grant_types":["client_credentials"]}""")]
    [InlineData("""{"client_id":"ID","grant_types":["client_credentials"],"scope":"audit.read"}""")]
    public async Task A_replacement_that_takes_what_is_not_the_clients_is_refused(string metadata)
    {
        var client = await RegisteredAsync(Service);
        var id = Text(client, "client_id");
        using var refused = await ManageAsync(HttpMethod.Put, id, Text(client, "registration_access_token"), metadata.Replace("ID", id, StringComparison.Ordinal));
        await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.BadRequest, "invalid_client_metadata");
        using var still = await ManageAsync(HttpMethod.Get, id, Text(client, "registration_access_token"));
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task Nothing_secret_is_kept_in_clear()
    {
        var client = await RegisteredAsync(Service);
        var (_, initial) = await InitialTokenAsync(1);
        var row = await host.Database.ReadAsync(async connection => JsonSerializer.Serialize(await connection.QuerySingleAsync(
            "SELECT client_secret, settings, properties FROM openid_applications WHERE client_id = @id", new { id = Text(client, "client_id") })), Cancellation);
        var audit = await host.Database.ReadAsync(async connection => string.Join('\n', await connection.QueryAsync<string>("SELECT actor || act || subject || details FROM audit_entries")), Cancellation);
        foreach (var secret in new[] { Text(client, "client_secret"), Text(client, "registration_access_token"), initial })
        {
            Assert.DoesNotContain(secret, row, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, audit, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Freight", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_or_not_JSON_is_not_read()
    {
        var (_, token) = await InitialTokenAsync(1);
        using var large = await RegisterAsync(token, $$"""{"client_name":"{{new string('a', 70_000)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var form = await host.Http.SendAsync(Request(HttpMethod.Post, "/connect/register", token, new FormUrlEncodedContent([KeyValuePair.Create("client_name", "x")])), Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
    }

    [Fact]
    public async Task Discovery_names_the_endpoint()
    {
        using var response = await host.Http.GetAsync(new Uri("/.well-known/openid-configuration", UriKind.Relative), Cancellation);
        Assert.Equal(OpenIdHost.Issuer + "/connect/register", Text(await OpenIdHost.JsonAsync(response), "registration_endpoint"));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private InitialAccessTokens Tokens() => new(host.Database, TimeProvider.System);

    private async Task<(string Id, string Token)> InitialTokenAsync(int uses, params string[] scopes)
    {
        Assert.True((await Tokens().IssueAsync("tests", scopes, uses, TimeSpan.FromHours(1), "test", Cancellation)).TryGet(out var issued, out _));
        return (issued.Terms.Id, issued.Token);
    }

    private async Task<JsonElement> RegisteredAsync(string metadata)
    {
        var (_, token) = await InitialTokenAsync(1, "operators.read");
        using var answer = await RegisterAsync(token, metadata);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        return await OpenIdHost.JsonAsync(answer);
    }

    private Task<HttpResponseMessage> RegisterAsync(string? token, string metadata) =>
        host.Http.SendAsync(Request(HttpMethod.Post, "/connect/register", token, new StringContent(metadata, Encoding.UTF8, "application/json")), Cancellation);

    private Task<HttpResponseMessage> ManageAsync(HttpMethod method, string clientId, string token, string? metadata = null) =>
        host.Http.SendAsync(Request(method, $"/connect/register/{clientId}", token, metadata is null ? null : new StringContent(metadata, Encoding.UTF8, "application/json")), Cancellation);

    private static HttpRequestMessage Request(HttpMethod method, string path, string? token, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    private async Task<List<string>> ActsAsync(string clientId) => await host.Database.ReadAsync(async connection => (await connection.QueryAsync<string>(
        "SELECT act FROM audit_entries WHERE subject = @subject ORDER BY sequence", new { subject = $"client:{clientId}" })).AsList(), Cancellation);
}
