using System.Net;
using System.Net.Http.Headers;
using System.Text;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.ClientChoices;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>A token that was exchanged (RFC 8693) reads the register in the name of its subject, and does nothing in that name.</summary>
public sealed class ExchangedTokenTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string Offer = $$"""{"grantor":"{{PersonHost.Tin}}","representative":{"tin":"{{PersonHost.OtherTin}}"},"kind":"direct","validUntil":"2090-01-01T00:00:00Z"}""";

    private static readonly string[] Roles = [AccountRoles.Registrar, AccountRoles.AeoOfficer, AccountRoles.Approver, AccountRoles.Administrator, AccountRoles.Auditor];

    [Theory]
    [InlineData("mandates.write", "POST", "mandates", Offer)]
    [InlineData("mandates.write", "POST", "mandates/0123456789abcdef0123456789abcdef/accept", "")]
    [InlineData("mandates.write", "POST", "mandates/0123456789abcdef0123456789abcdef/end", """{"ground":"x"}""")]
    [InlineData("mandates.write", "GET", $"mandates?grantor={PersonHost.Tin}", "")]
    [InlineData("aeo.decide", "POST", $"operators/{PersonHost.Tin}/aeo/acts", """{"component":"AEOC","act":"expire","legalGround":"x"}""")]
    [InlineData("aeo.decide", "GET", "aeo/proposals", "")]
    [InlineData("aeo.apply", "GET", $"operators/{PersonHost.Tin}/aeo/holder", "")]
    [InlineData("credentials.own", "GET", "credentials", "")]
    [InlineData("notices.read", "GET", "notices", "")]
    [InlineData("webhooks", "GET", "webhooks", "")]
    [InlineData("accounts.read", "GET", "accounts", "")]
    [InlineData("accounts.write", "POST", "accounts/0123456789abcdef0123456789abcdef/lock", "")]
    [InlineData("credentials.issue", "POST", "credentials", $$"""{"tin":"{{PersonHost.Tin}}","type":"LegalIdentity"}""")]
    [InlineData("credentials.revoke", "POST", "credentials/0123456789abcdef0123456789abcdef/status", """{"status":"revoked","ground":"x"}""")]
    public async Task It_does_nothing_of_its_subject(string scope, string method, string path, string body)
    {
        using var refused = await host.SendAsync(HttpMethod.Parse(method), $"/api/v1/{path}", await ExchangedAsync(scope), body);
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "own_token_required", refused);
    }

    [Theory]
    [InlineData("registry.import", "imports/operators")]
    [InlineData("credentials.issue", "credentials/bulk")]
    public async Task It_does_nothing_by_the_line(string scope, string path)
    {
        using var lines = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}") { Content = new StringContent("{}\n", Encoding.UTF8, "application/x-ndjson") };
        lines.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await ExchangedAsync(scope));
        using var refused = await host.Http.SendAsync(lines, TestContext.Current.CancellationToken);
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "own_token_required", refused);
    }

    [Fact]
    public async Task It_reads_the_register()
    {
        using var read = await host.SendAsync(HttpMethod.Get, $"/api/v1/operators/{PersonHost.Tin}", await ExchangedAsync("operators.read"));
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    private async Task<string> ExchangedAsync(string scope)
    {
        var client = await ChoosingClient.RegisterAsync(host, $"desk-{Account.NewId()}", [], "gt:" + Exchange, "scp:" + scope);
        var account = await host.RegisterAsync(PersonHost.Tin);
        await host.AppointAsync(account, Roles);
        var own = (await client.TokensAsync(await host.SignInAsync(account, "urn:tradeidentity:acr:2"), $"openid {scope}")).GetProperty("access_token").GetString()!;
        using var exchanged = await client.PostAsync(
            "/connect/token", ("grant_type", Exchange), ("subject_token", own), ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        var tokens = await OpenIdHost.JsonAsync(exchanged);
        Assert.True(tokens.TryGetProperty("access_token", out var token), tokens.ToString());
        return token.GetString()!;
    }
}
