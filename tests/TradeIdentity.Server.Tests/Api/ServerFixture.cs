using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>The whole server as it is built to run, in this process: Kestrel on a free port, a fresh SQLite file, demonstration data.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    /// <summary>An operator of the demonstration with granted AEO components.</summary>
    public const string AeoTin = "NL854502130";

    /// <summary>An operator of the demonstration without any.</summary>
    public const string PlainTin = "CHDEMO0001";

    private const string ClientId = "demonstration";
    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;
    private readonly Dictionary<string, string> _tokens = [];
    private WebApplication? _app;

    public HttpClient Http { get; } = new();

    public Database Database => _app!.Services.GetRequiredService<Database>();

    public async ValueTask InitializeAsync()
    {
        _app = Program.Build([
            "--environment", "Development", "--contentRoot", _folder, "--urls", "http://127.0.0.1:0",
            "--Storage:Provider", "Sqlite", "--Storage:ConnectionString", $"Data Source={Path.Combine(_folder, "data", "server.db")}",
        ]);
        await Program.StartAsync(_app);
        Http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A token of the demonstration client; without scopes named, of all it may have.</summary>
    public async Task<string> TokenAsync(string scope = "")
    {
        if (_tokens.TryGetValue(scope, out var kept))
        {
            return kept;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token");
        var secret = (await File.ReadAllTextAsync(Path.Combine(_folder, "data", "demonstration-client.secret"), Cancelled)).Trim();
        Assert.True(ClientSecrets.Generate().Length == secret.Length, "The secret is one that the server generated.");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{secret}")));
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (scope.Length > 0)
        {
            form["scope"] = scope;
        }

        request.Content = new FormUrlEncodedContent(form);
        using var response = await Http.SendAsync(request, Cancelled);
        return _tokens[scope] = (await JsonAsync(response)).GetProperty("access_token").GetString()!;
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, string scope = "", bool anonymous = false, string? accept = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (!anonymous)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(scope));
        }

        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.IfNoneMatch.ParseAdd(ifNoneMatch);
        }

        return await Http.SendAsync(request, Cancelled);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? accept = null, string? ifNoneMatch = null) =>
        SendAsync(HttpMethod.Get, path, accept: accept, ifNoneMatch: ifNoneMatch);

    public Task<HttpResponseMessage> PostJsonAsync(string path, string json) =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"));

    public async Task<IReadOnlyList<JsonElement>> PostLinesAsync(string path, string lines)
    {
        using var response = await SendAsync(HttpMethod.Post, path, new StringContent(lines, Encoding.UTF8, "application/x-ndjson"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        return [.. (await response.Content.ReadAsStringAsync(Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    /// <summary>Issues a credential and gives its document.</summary>
    public async Task<JsonElement> IssueAsync(string tin = AeoTin, string type = "AeoStatus")
    {
        using var response = await PostJsonAsync("/api/v1/credentials", $$"""{"tin":"{{tin}}","type":"{{type}}"}""");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await JsonAsync(response);
    }

    public async Task<JsonElement> ChangeStatusAsync(string id, string status)
    {
        using var response = await PostJsonAsync($"/api/v1/credentials/{id}/status", $$"""{"status":"{{status}}","ground":"UCC Article 38(4)"}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await JsonAsync(response);
    }

    /// <summary>The number of rows of every table that an act of the API writes.</summary>
    public Task<string> RowsAsync() => Database.ReadAsync(CountAsync, Cancelled);

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => Parse(await response.Content.ReadAsStringAsync(Cancelled));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static async Task<string> CountAsync(DbConnection connection)
    {
        var counts = await connection.QueryAsync<(string Name, long Rows)>(
            """
            SELECT 'operators', COUNT(*) FROM operators
            UNION ALL SELECT 'operator_identifiers', COUNT(*) FROM operator_identifiers
            UNION ALL SELECT 'aeo_components', COUNT(*) FROM aeo_components
            UNION ALL SELECT 'aeo_history', COUNT(*) FROM aeo_history
            UNION ALL SELECT 'credentials', COUNT(*) FROM credentials
            UNION ALL SELECT 'indexes', COALESCE(SUM(allocated), 0) FROM status_lists
            UNION ALL SELECT 'status_changes', COUNT(*) FROM status_changes
            UNION ALL SELECT 'audit_entries', COUNT(*) FROM audit_entries
            """);
        return string.Join(", ", counts.Select(count => $"{count.Name} {count.Rows}"));
    }
}
