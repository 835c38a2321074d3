using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Clients.Tests.Page;

/// <summary>The examples of <c>docs/relying-party.md</c>, run.</summary>
public sealed class RelyingPartyPageTests(TenMinutes tenMinutes) : IClassFixture<TenMinutes>
{
    [Fact]
    public async Task The_commands_register_sign_in_read_refresh_and_sign_out()
    {
        Assert.StartsWith($"{tenMinutes.Application}/callback?code=", tenMinutes.Ended.SignedIn.OriginalString, StringComparison.Ordinal);
        Assert.Equal($"{tenMinutes.Application}/signed-out", tenMinutes.Ended.SignedOut.OriginalString);
        var (tokens, refreshed) = (await ReadAsync("tokens.json"), await ReadAsync("refreshed.json"));
        Assert.NotEqual(tokens["refresh_token"]!.GetValue<string>(), refreshed["refresh_token"]!.GetValue<string>());

        // The last command took it back.
        using var http = new HttpClient { BaseAddress = new Uri(tenMinutes.Server.Address) };
        var client = await ReadAsync("client.json");
        using var again = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = client["client_id"]!.GetValue<string>(),
            ["client_secret"] = client["client_secret"]!.GetValue<string>(),
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshed["refresh_token"]!.GetValue<string>(),
        }), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task The_claims_are_those_that_the_page_shows()
    {
        var shown = RelyingPartyPage.Examples("json").Select(example => JsonNode.Parse(tenMinutes.Here(example))!).Single(example => example["organization"] is not null);
        var answered = await ReadAsync("claims.json");
        Assert.True(JsonNode.DeepEquals(Steady(shown), Steady(answered)), answered.ToString());
    }

    [Fact]
    public async Task A_client_of_the_configuration_is_there()
    {
        var configured = JsonNode.Parse(RelyingPartyPage.Examples("json").Single(example => example.Contains("Bootstrap", StringComparison.Ordinal)))!["Bootstrap"]!["Clients"]![0]!;
        using var http = new HttpClient { BaseAddress = new Uri(tenMinutes.Server.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{configured["ClientId"]}:{configured["ClientSecret"]}")));
        using var pushed = await http.PostAsync(new Uri("/connect/par", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["redirect_uri"] = configured["RedirectUris"]![0]!.GetValue<string>(),
            ["scope"] = "openid profile organization",
            ["code_challenge"] = new('c', 43),
            ["code_challenge_method"] = "S256",
        }), TestContext.Current.CancellationToken);
        Assert.True(pushed.StatusCode == HttpStatusCode.Created, await pushed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_application_in_Node_js_signs_in_and_out()
    {
        Assert.SkipWhen(!Directory.Exists(NodeModules), "npm could not restore openid-client.");
        await File.WriteAllTextAsync(tenMinutes.InFolder("relying-party.mjs"), tenMinutes.Here(RelyingPartyPage.Examples("js").Single()), TestContext.Current.CancellationToken);
        if (!Directory.Exists(tenMinutes.InFolder("node_modules")))
        {
            Directory.CreateSymbolicLink(tenMinutes.InFolder("node_modules"), NodeModules);
        }

        await using var application = Dialogue.Start(tenMinutes.Server.Folder, "node", ["relying-party.mjs"]);
        await application.HearAsync("Open ");
        await SignsInAndOutAsync();
    }

    [Fact]
    public async Task The_application_in_ASP_NET_Core_signs_in_and_out()
    {
        await using var application = Dialogue.Start(
            tenMinutes.Server.Folder, "dotnet", [BuiltProgram.SampleRelyingParty, "--urls", tenMinutes.Application, "--Authority", tenMinutes.Server.Address]);
        await application.HearAsync("info: Microsoft.Hosting.Lifetime[0]");
        await SignsInAndOutAsync();
    }

    [Fact]
    public async Task The_page_shows_the_application_in_ASP_NET_Core_as_it_is() => Assert.Equal(
        await File.ReadAllTextAsync(Repository.PathOf("samples", "RelyingParty.AspNetCore", "Program.cs"), TestContext.Current.CancellationToken),
        RelyingPartyPage.Examples("csharp").Single());

    private static string NodeModules => Repository.PathOf("tests", "TradeIdentity.Clients.Tests", "node_modules");

    private async Task SignsInAndOutAsync()
    {
        using var anna = tenMinutes.Server.Anna();

        // She has a session at the server already. Cookies know no ports: those of the server come to the application too.
        await anna.VisitAsync(new Uri($"{tenMinutes.Server.Address}/account"));
        var (address, page) = await anna.VisitAsync(new Uri(tenMinutes.Application));
        Assert.True(address == new Uri(tenMinutes.Application), $"{address}: {page}");
        foreach (var said in new[] { "Anna Example", "anna@flowers.example", RunningServer.Tin, "AEOC", "administrator", "tradeidentity_register" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        Assert.Equal(($"{tenMinutes.Application}/signed-out", "signed out"), await AsTextAsync(anna.VisitAsync(new Uri($"{tenMinutes.Application}/sign-out"))));

        // The session has ended at the server too: it asks for the password again.
        var again = await anna.VisitAsync(new Uri(tenMinutes.Application), until: $"{tenMinutes.Server.Address}/sign-in");
        Assert.StartsWith($"{tenMinutes.Server.Address}/sign-in", again.Address.OriginalString, StringComparison.Ordinal);
    }

    private static async Task<(string Address, string Page)> AsTextAsync(Task<(Uri Address, string Page)> visit)
    {
        var (address, page) = await visit;
        return (address.OriginalString, page);
    }

    private async Task<JsonNode> ReadAsync(string file) => JsonNode.Parse(await File.ReadAllTextAsync(tenMinutes.InFolder(file), TestContext.Current.CancellationToken))!;

    // What another run has otherwise: the person's id, and the times.
    private static JsonNode Steady(JsonNode claims)
    {
        claims["sub"] = "";
        foreach (var component in claims["aeo"]!.AsArray())
        {
            component!["as_of"] = "";
        }

        return claims;
    }
}
