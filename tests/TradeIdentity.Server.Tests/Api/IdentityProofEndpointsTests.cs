using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.ClientChoices;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>An administrator, signed in with two factors, records how well it was proven who someone else is.</summary>
public sealed class IdentityProofEndpointsTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Passport =
        """
        {"trustFramework":"tradeidentity_account","assuranceLevel":"substantial","confirmedBy":"document","evidenceType":"passport",
         "evidenceSource":"Example Passport Office","reference":"EXAMPLE-1234567","givenName":"Ada","familyName":"Example",
         "confirmedAt":"2026-01-02T00:00:00Z","validUntil":"2100-01-01T00:00:00Z"}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_proof_is_recorded_shown_without_the_number_and_withdrawn()
    {
        var ((administrator, token), account) = (await AdministratorAsync(), await host.RegisterAsync());
        Assert.False((await ShownAsync(account, token)).TryGetProperty("identityProof", out _));

        using var put = await SendAsync(HttpMethod.Put, account, token, Passport);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);

        var shown = (await ShownAsync(account, token)).GetProperty("identityProof");
        Assert.Equal((await OpenIdHost.JsonAsync(put)).GetRawText(), shown.GetRawText());
        Assert.Equal(
            ("substantial", "passport", "Ada", true, true, administrator),
            (shown.GetProperty("assuranceLevel").GetString(), shown.GetProperty("evidenceType").GetString(), shown.GetProperty("givenName").GetString(),
                shown.GetProperty("holds").GetBoolean(), shown.GetProperty("hasReference").GetBoolean(), shown.GetProperty("assertedBy").GetString()));
        Assert.DoesNotContain("1234567", shown.GetRawText(), StringComparison.Ordinal);
        await AssertAsync(HttpStatusCode.NoContent, null, HttpMethod.Delete, account, token);
        await AssertAsync(HttpStatusCode.NotFound, "identity_proof_unknown", HttpMethod.Delete, account, token);
        Assert.False((await ShownAsync(account, token)).TryGetProperty("identityProof", out _));
    }

    [Fact]
    public async Task An_administrator_does_not_prove_their_own_identity()
    {
        var (administrator, token) = await AdministratorAsync();
        await AssertAsync(HttpStatusCode.Forbidden, "own_account", HttpMethod.Put, administrator, token, Passport);
        Assert.False((await ShownAsync(administrator, token)).TryGetProperty("identityProof", out _));
        // Another may.
        var (_, another) = await AdministratorAsync();
        await AssertAsync(HttpStatusCode.OK, null, HttpMethod.Put, administrator, another, Passport);
    }

    [Fact]
    public async Task A_system_proves_nobody_for_whoever_has_its_secret_may_be_the_person()
    {
        var office = await ChoosingClient.RegisterAsync(host, "back-office", [], "gt:client_credentials", "scp:accounts.read", "scp:accounts.write");
        using var answer = await office.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "accounts.read accounts.write"));
        var token = (await OpenIdHost.JsonAsync(answer)).GetProperty("access_token").GetString()!;
        var (administrator, _) = await AdministratorAsync();

        await AssertAsync(HttpStatusCode.Forbidden, "administrator_required", HttpMethod.Put, administrator, token, Passport);
        await AssertAsync(HttpStatusCode.Forbidden, "administrator_required", HttpMethod.Put, await host.RegisterAsync(), token, Passport);
        Assert.False((await ShownAsync(administrator, token)).TryGetProperty("identityProof", out _));
    }

    [Fact]
    public async Task Who_may_only_read_accounts_proves_nobody()
    {
        var ((_, token), account) = (await AdministratorAsync("accounts.read"), await host.RegisterAsync());
        await AssertAsync(HttpStatusCode.Forbidden, "forbidden", HttpMethod.Put, account, token, Passport);
        await AssertAsync(HttpStatusCode.Forbidden, "forbidden", HttpMethod.Delete, account, token);
    }

    [Theory]
    [InlineData("\"passport\"", "\"library_card\"", HttpStatusCode.UnprocessableEntity, "evidence_unknown")]
    [InlineData("\"tradeidentity_account\"", "\"eidas\"", HttpStatusCode.UnprocessableEntity, "trust_framework_mismatch")]
    [InlineData("2100-01-01", "2026-01-03", HttpStatusCode.UnprocessableEntity, "proof_time_invalid")]
    [InlineData("\"familyName\":\"Example\"", "\"familyName\":\"Other\"", HttpStatusCode.Conflict, "name_differs")]
    [InlineData("\"familyName\":\"Example\",", "", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("\"familyName\":\"Example\"", "\"familyName\":null", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("\"givenName\"", "\"birthdate\":\"1990-01-01\",\"givenName\"", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("\"givenName\"", "\"givenName\":\"Eda\",\"givenName\"", HttpStatusCode.BadRequest, "body_invalid")]
    public async Task What_proves_nothing_is_refused_with_a_code(string part, string spoilt, HttpStatusCode status, string code)
    {
        var ((_, token), account) = (await AdministratorAsync(), await host.RegisterAsync());
        await AssertAsync(status, code, HttpMethod.Put, account, token, Passport.Replace(part, spoilt, StringComparison.Ordinal));
        Assert.False((await ShownAsync(account, token)).TryGetProperty("identityProof", out _));
    }

    [Fact]
    public async Task Nobody_is_not_proven()
    {
        var (_, token) = await AdministratorAsync();
        await AssertAsync(HttpStatusCode.NotFound, "account_unknown", HttpMethod.Put, Account.NewId(), token, Passport);
        await AssertAsync(HttpStatusCode.NotFound, "identity_proof_unknown", HttpMethod.Delete, Account.NewId(), token);
    }

    private async Task<(string Account, string Token)> AdministratorAsync(string scope = "accounts.read accounts.write")
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, AccountRoles.Administrator);
        return (account, await host.AccessTokenAsync(account, scope));
    }

    private async Task<JsonElement> ShownAsync(string account, string token)
    {
        using var response = await host.GetAsync($"/api/v1/accounts/{account}", bearer: token);
        return await OpenIdHost.JsonAsync(response);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string account, string token, string? body) =>
        host.SendAsync(method, $"/api/v1/accounts/{account}/identity-proof", token, body);

    private async Task AssertAsync(HttpStatusCode status, string? code, HttpMethod method, string account, string token, string? body = null)
    {
        using var response = await SendAsync(method, account, token, body);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {text}");
        if (code is not null)
        {
            using var problem = JsonDocument.Parse(text);
            Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        }
    }
}
