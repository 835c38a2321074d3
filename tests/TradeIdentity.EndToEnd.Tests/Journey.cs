using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.EndToEnd.Tests;

/// <summary>
/// The main job from end to end, once: a server in an empty folder, an operator, a credential, its picture, a post with no
/// network, a second start of the server, a revocation. The tests say what each step must have given.
/// </summary>
public sealed class Journey : IAsyncLifetime
{
    internal const string Tin = "NL123456789012";

    private const string OperatorLine =
        """{"tin":"NL123456789012","legalName":"Example Bulb Traders B.V.","tradingNames":[],"jurisdiction":"NL","registeredAddress":{"street":"Voorbeeldweg 1","locality":"Lisse","postalCode":"2160 AA","country":"NL"},"identifiers":[],"roles":["EX"],"aeo":[{"component":"AEOC","status":"granted","authorisationNumber":"NLAEOC0000000001","effectiveFrom":"2024-01-01"}],"evidence":{"source":"Example register","assertedAt":"2026-01-01T00:00:00Z"}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-end-to-end-").FullName;

    internal ProgramRun FirstServer { get; private set; } = null!;
    internal ProgramRun Import { get; private set; } = null!;
    internal ProgramRun Issue { get; private set; } = null!;
    internal string QrText { get; private set; } = "";
    internal string? TextOfPicture { get; private set; }
    internal ProgramRun FirstFetch { get; private set; } = null!;
    internal ProgramRun AcceptedOffline { get; private set; } = null!;
    internal ProgramRun AcceptedForPeople { get; private set; } = null!;
    internal (string First, string Second) Anchors { get; private set; }
    internal (string First, string Second) Operators { get; private set; }
    internal ProgramRun SecondFetch { get; private set; } = null!;
    internal ProgramRun Revoked { get; private set; } = null!;
    internal ProgramRun Stale { get; private set; } = null!;
    internal ProgramRun Flipped { get; private set; } = null!;
    internal ProgramRun DeltaApplied { get; private set; } = null!;
    internal ProgramRun RevokedByDelta { get; private set; } = null!;
    internal ProgramRun RolledBack { get; private set; } = null!;
    internal ProgramRun Audit { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        string id;
        await using (var server = await ServerProcess.StartAsync(_folder))
        {
            id = await RegisterAndIssueAsync(server.Address);
            FirstServer = await server.StopAsync();
        }

        AcceptedOffline = await ProgramRun.OfflineTradeidAsync(_folder, "verify", "--bundle", "trust.bundle", "--json", QrText);
        AcceptedForPeople = await ProgramRun.OfflineTradeidAsync(_folder, "verify", "--bundle", "trust.bundle", QrText);
        File.Copy(InFolder("trust.bundle"), InFolder("old.bundle"));

        await using (var server = await ServerProcess.StartAsync(_folder))
        {
            await RevokeAsync(server.Address, id);
            await server.StopAsync();
        }

        await VerifyAfterwardsAsync();
        Audit = await ProgramRun.TradeidAsync(_folder, "audit", "verify");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> RegisterAndIssueAsync(Uri address)
    {
        await File.WriteAllTextAsync(InFolder("operators.ndjson"), OperatorLine + "\n", Cancelled);
        Import = await ProgramRun.TradeidAsync(_folder, "import", "operators.ndjson", "--json");
        Issue = await ProgramRun.TradeidAsync(_folder, "issue", "--tin", Tin, "--type", "AeoStatus", "--png", "aeo.png", "--json");
        using var issued = JsonDocument.Parse(Issue.Output);
        QrText = issued.RootElement.GetProperty("qrText").GetString()!;
        TextOfPicture = await ProgramRun.ZbarimgAsync(_folder, "aeo.png");

        using var http = new HttpClient { BaseAddress = address };
        var anchor = await http.GetStringAsync(new Uri("/trust/anchor", UriKind.Relative), Cancelled);
        await File.WriteAllTextAsync(InFolder("anchor.jwk"), anchor, Cancelled);
        FirstFetch = await ProgramRun.TradeidAsync(_folder, "bundle", "fetch", address.ToString(), "--anchor", "anchor.jwk", "-o", "trust.bundle");
        await AuthoriseAsync(http);
        Anchors = (anchor, "");
        Operators = (await http.GetStringAsync(new Uri("/api/v1/operators?limit=200", UriKind.Relative), Cancelled), "");
        return issued.RootElement.GetProperty("id").GetString()!;
    }

    private async Task RevokeAsync(Uri address, string id)
    {
        using var http = new HttpClient { BaseAddress = address };
        await AuthoriseAsync(http);
        Anchors = Anchors with { Second = await http.GetStringAsync(new Uri("/trust/anchor", UriKind.Relative), Cancelled) };
        Operators = Operators with { Second = await http.GetStringAsync(new Uri("/api/v1/operators?limit=200", UriKind.Relative), Cancelled) };
        using var revoked = await http.PostAsJsonAsync(
            new Uri($"/api/v1/credentials/{id}/status", UriKind.Relative), new { status = "revoked", ground = "UCC Article 28(1)(a)" }, Cancelled);
        revoked.EnsureSuccessStatusCode();

        SecondFetch = await ProgramRun.TradeidAsync(_folder, "bundle", "fetch", address.ToString(), "-o", "trust.bundle");
        var old = await ProgramRun.TradeidAsync(_folder, "bundle", "show", "old.bundle", "--anchor", "anchor.jwk", "--json");
        using var shown = JsonDocument.Parse(old.Output);
        var delta = await http.GetByteArrayAsync(new Uri($"/trust/bundle/delta?from={shown.RootElement.GetProperty("sequence").GetInt64()}", UriKind.Relative), Cancelled);
        await File.WriteAllBytesAsync(InFolder("trust.delta"), delta, Cancelled);
    }

    private async Task VerifyAfterwardsAsync()
    {
        Revoked = await ProgramRun.OfflineTradeidAsync(_folder, "verify", "--bundle", "trust.bundle", "--json", QrText);
        var inThreeDays = TimeProvider.System.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        Stale = await ProgramRun.OfflineTradeidAsync(
            _folder, "verify", "--bundle", "old.bundle", "--anchor", "anchor.jwk", "--at", inThreeDays, "--max-status-age", "1d", "--json", QrText);
        var middle = QrText.Length / 2;
        var flipped = QrText[..middle] + (QrText[middle] == '0' ? '1' : '0') + QrText[(middle + 1)..];
        Flipped = await ProgramRun.OfflineTradeidAsync(_folder, "verify", "--bundle", "old.bundle", "--anchor", "anchor.jwk", "--json", flipped);
        DeltaApplied = await ProgramRun.OfflineTradeidAsync(_folder, "bundle", "apply", "old.bundle", "trust.delta", "--anchor", "anchor.jwk", "-o", "applied.bundle");
        RevokedByDelta = await ProgramRun.OfflineTradeidAsync(_folder, "verify", "--bundle", "applied.bundle", "--json", QrText);
        File.Copy(InFolder("old.bundle"), InFolder("trust.bundle"), overwrite: true);
        RolledBack = await ProgramRun.OfflineTradeidAsync(_folder, "verify", "--bundle", "trust.bundle", "--json", QrText);
    }

    private async Task AuthoriseAsync(HttpClient http)
    {
        var secret = (await File.ReadAllTextAsync(InFolder("data/demonstration-client.secret"), Cancelled)).Trim();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"demonstration:{secret}")));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials" });
        using var response = await http.SendAsync(request, Cancelled);
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("access_token").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string InFolder(string file) => Path.Combine(_folder, file);
}
