using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Companies;

/// <summary>People who register companies and run them, over the API.</summary>
internal sealed class Company(PersonHost host)
{
    private static int _numbers = 10_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A number in the business register that no other test has.</summary>
    public static string NewNumber() => "NLKVK." + Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture);

    public static string NewTin() => "NLNEW" + Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture);

    public static string Application(string number, string more = "", string name = "Example Tea Traders B.V.") =>
        $$$"""
        {"entity":{"legalName":"{{{name}}}","jurisdiction":"NL","registeredAddress":{"street":"Examplekade 7","locality":"Rotterdam","postalCode":"3011 AA","country":"NL"},
        "identifiers":[{"scheme":"euid","value":"{{{number}}}"},{"scheme":"vat","value":"NL854502130B01"}],"roles":["IM"]{{{more}}}},"capacity":"Managing director","basis":"Sole director by the trade register."}
        """;

    public static string Decision(string tin, string more = "") =>
        $$"""{"tin":"{{tin}}","evidence":"The register names the person.","confirmedBy":"register","source":"Trade register","confirmedSchemes":["euid"]{{more}}}""";

    public async Task<string> PersonAsync() => await host.AccessTokenAsync(await host.RegisterAsync(), "entities.own notices.read");

    public async Task<string> RegistrarAsync()
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, "registrar");
        return await host.AccessTokenAsync(account, "operators.write operators.read registry.import");
    }

    public async Task<JsonElement> DoAsync(string token, string path, string body = "", HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await PostAsync(token, path, body);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {json}");
        return json;
    }

    public async Task<JsonElement> ReadAsync(string token, string path)
    {
        using var response = await host.GetAsync("/api/v1" + path, bearer: token);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {json}");
        return json;
    }

    public Task<HttpResponseMessage> PostAsync(string token, string path, string body = "") => host.SendAsync(HttpMethod.Post, "/api/v1" + path, token, body);

    /// <summary>The stable code with which it is refused.</summary>
    public async Task<string?> CodeAsync(string token, string path, string body = "")
    {
        using var response = await PostAsync(token, path, body);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True((int)response.StatusCode is >= 400 and < 500, $"{response.StatusCode}: {json}");
        return json.GetProperty("code").GetString();
    }

    public async Task<string[]> ImportAsync(string token, params string[] lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports/register-extracts");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        using var response = await host.Http.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The token of a member who acts for the company.</summary>
    public Task<string> MemberAsync(string account, string tin, string scope = "entities.own") => host.AccessTokenAsync(account, scope, tin);

    public Task<string> EmailAsync(string account) => host.Database.ReadAsync(
        connection => Dapper.SqlMapper.ExecuteScalarAsync<string>(connection, "SELECT email FROM accounts WHERE id = @account", new { account })!, Cancellation)!;

    /// <summary>Invites the address of a person, and gives the secret that the mail would hold.</summary>
    public async Task<(string Id, string Secret)> InviteAsync(string member, string account, string terms)
    {
        var invited = await DoAsync(member, "/company/invitations", Invitation(await EmailAsync(account), terms), HttpStatusCode.Created);
        var id = invited.GetProperty("id").GetString()!;
        return (id, await SecretAsync(id));
    }

    public static string Invitation(string email, string terms) => "{\"email\":\"" + email + "\",\"terms\":" + terms + "}";

    /// <summary>The hash alone is stored: a test puts that of a secret of its own in its place.</summary>
    public async Task<string> SecretAsync(string id)
    {
        var secret = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(secret));
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE invitations SET token_hash = @hash WHERE id = @id", new { hash, id }), Cancellation);
        return secret;
    }

    /// <summary>A new person who was invited on these terms, and accepted.</summary>
    public async Task<string> JoinAsync(string member, string terms)
    {
        var account = await host.RegisterAsync();
        var (_, secret) = await InviteAsync(member, account, terms);
        await DoAsync(await host.AccessTokenAsync(account, "entities.own"), "/invitations/accept", $$"""{"token":"{{secret}}"}""");
        return account;
    }

    /// <summary>Registers a company, and has it confirmed.</summary>
    public async Task<(string AccountId, string Tin)> FoundAsync()
    {
        var account = await host.RegisterAsync();
        var token = await host.AccessTokenAsync(account, "entities.own");
        var id = (await DoAsync(token, "/registrations", Application(NewNumber()), HttpStatusCode.Created)).GetProperty("id").GetString();
        var tin = NewTin();
        await DoAsync(await RegistrarAsync(), $"/officer/registrations/{id}/confirm", Decision(tin));
        return (account, tin);
    }
}
