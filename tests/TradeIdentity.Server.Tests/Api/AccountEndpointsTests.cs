using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>What an administrator sees of an account, and what ends when it ends.</summary>
public sealed class AccountEndpointsTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static readonly AuthorizationRequest Offline = AuthorizationRequest.With(("scope", "openid organization offline_access"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_shown_with_its_sessions_consents_and_tokens_and_no_secret()
    {
        var (token, account) = (await AdministratorAsync(), await host.RegisterAsync(PersonHost.Tin));
        var cookie = await host.SignInAsync(account);
        var tokens = await host.TokensAsync(cookie, Offline);

        using var response = await host.SendAsync(HttpMethod.Get, $"/api/v1/accounts/{account}", token);

        var text = await response.Content.ReadAsStringAsync(Cancellation);
        var shown = await OpenIdHost.JsonAsync(response);
        Assert.Equal((account, "open"), (shown.GetProperty("account").GetProperty("id").GetString(), shown.GetProperty("account").GetProperty("state").GetString()));
        Assert.Equal(host.SidOf(cookie), Assert.Single(shown.GetProperty("sessions").EnumerateArray()).GetProperty("sid").GetString());
        Assert.Equal(PersonHost.Agency, Assert.Single(shown.GetProperty("consents").EnumerateArray()).GetProperty("clientId").GetString());
        Assert.Contains(shown.GetProperty("tokens").EnumerateArray(), one => one.GetProperty("kind").GetString() == "refresh");
        Assert.DoesNotContain(tokens.GetProperty("refresh_token").GetString()!, text, StringComparison.Ordinal);
        foreach (var secret in new[] { "stamp", "hash", "payload", "authenticator" })
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Accounts_are_found_by_address_and_name_in_pages_without_a_gap()
    {
        var token = await AdministratorAsync();
        var made = new HashSet<string> { await host.RegisterAsync(), await host.RegisterAsync(), await host.RegisterAsync() };
        var found = new List<string>();
        string? cursor = null;
        do
        {
            using var response = await host.SendAsync(HttpMethod.Get, $"/api/v1/accounts?query=ada%20ex&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}", token);
            var page = await OpenIdHost.JsonAsync(response);
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(found.Distinct(), found);
        Assert.Superset(made, found.ToHashSet());
        Assert.Equal(0, await CountAsync(token, "nobody%25"));
        Assert.Equal(1, await CountAsync(token, made.First()));
    }

    [Theory]
    [InlineData("/api/v1/accounts?limit=0", "limit_invalid", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/accounts?cursor=nobody", "cursor_invalid", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/accounts?query=%00", "query_invalid", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/accounts?cursor=%00", "query_invalid", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/accounts/nobody", "account_unknown", HttpStatusCode.NotFound)]
    public async Task What_is_wrong_has_a_code(string path, string code, HttpStatusCode status)
    {
        using var response = await host.SendAsync(HttpMethod.Get, path, await AdministratorAsync());
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, (await OpenIdHost.JsonAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_session_a_consent_and_a_token_are_ended_one_by_one_and_of_this_account_alone()
    {
        var (token, account, other) = (await AdministratorAsync(), await host.RegisterAsync(PersonHost.Tin), await host.RegisterAsync());
        var cookie = await host.SignInAsync(account);
        var tokens = await host.TokensAsync(cookie, Offline);
        using var response = await host.SendAsync(HttpMethod.Get, $"/api/v1/accounts/{account}", token);
        var shown = await OpenIdHost.JsonAsync(response);
        var refresh = shown.GetProperty("tokens").EnumerateArray().Single(one => one.GetProperty("kind").GetString() == "refresh").GetProperty("id").GetString();
        foreach (var (what, code) in new[]
        {
            ($"tokens/{refresh}", "token_unknown"),
            ($"consents/{shown.GetProperty("consents")[0].GetProperty("id").GetString()}", "consent_unknown"),
            ($"sessions/{host.SidOf(cookie)}", "session_unknown"),
        })
        {
            await AssertAsync(HttpStatusCode.NotFound, HttpMethod.Delete, $"{other}/{what}", token, code);
            await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Delete, $"{account}/{what}", token);
            await AssertAsync(HttpStatusCode.NotFound, HttpMethod.Delete, $"{account}/{what}", token, code);
        }

        await AssertRefusedAsync(tokens);
        Assert.Equal("/sign-in", (await host.AuthorizeAsync(cookie, Offline.Address)).AbsolutePath);
        Assert.Equal(3, await host.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM audit_entries WHERE subject = @subject AND actor = 'administration'", new { subject = $"account:{account}" }), Cancellation));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_tokens_of_clients_with_subjects_of_their_own_too()
    {
        var (token, account) = (await AdministratorAsync(), await host.RegisterAsync(PersonHost.Tin));
        var cookie = await host.SignInAsync(account);
        var request = new AuthorizationRequest
        {
            ClientId = PersonHost.Pairwise,
            RedirectUri = PersonHost.PairwiseCallback,
            More = new() { ["scope"] = "openid offline_access" },
        };
        var tokens = await host.TokensAsync(cookie, request);
        Assert.NotEqual(account, PersonHost.Claims(tokens, "id_token").GetProperty("sub").GetString());

        await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Post, $"{account}/sign-out-everywhere", token);

        using var refused = await host.RefreshAsync(PersonHost.Pairwise, tokens.GetProperty("refresh_token").GetString()!);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var userInfo = await host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, userInfo.StatusCode);
        Assert.Equal("/sign-in", (await host.AuthorizeAsync(cookie, request.Address)).AbsolutePath);
        await AssertAsync(HttpStatusCode.NotFound, HttpMethod.Post, "nobody/sign-out-everywhere", token, "account_unknown");
    }

    [Fact]
    public async Task A_locked_account_is_shut_until_it_is_unlocked()
    {
        var (token, account) = (await AdministratorAsync(), await host.RegisterAsync(PersonHost.Tin));
        var cookie = await host.SignInAsync(account);
        var tokens = await host.TokensAsync(cookie, Offline);
        await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Post, $"{account}/lock", token);
        await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Post, $"{account}/lock", token);

        await AssertRefusedAsync(tokens);
        Assert.Equal("/sign-in", (await host.AuthorizeAsync(cookie, Offline.Address)).AbsolutePath);
        Assert.Equal("locked", await StateAsync(account, token));
        await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Post, $"{account}/unlock", token);
        Assert.Equal("open", await StateAsync(account, token));
        await AssertAsync(HttpStatusCode.NotFound, HttpMethod.Post, "nobody/lock", token, "account_unknown");
        await AssertAsync(HttpStatusCode.NotFound, HttpMethod.Post, "nobody/unlock", token, "account_unknown");
    }

    [Fact]
    public async Task Who_may_read_may_not_change()
    {
        var (token, account) = (await AdministratorAsync("accounts.read"), await host.RegisterAsync());
        await AssertAsync(HttpStatusCode.Forbidden, HttpMethod.Post, $"{account}/lock", token, "forbidden");
        using var read = await host.SendAsync(HttpMethod.Get, $"/api/v1/accounts/{account}", await AdministratorAsync("accounts.write"));
        Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
    }

    [Fact]
    public async Task A_new_password_ends_the_tokens_that_clients_hold()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = new Account { Id = Account.NewId(), Email = $"{Account.NewId()}@trader.example", Name = new PersonName("Ada", "Example") };
        Assert.True((await accounts.CreateAsync(account, "a long enough password")).Succeeded);
        var request = AuthorizationRequest.With(("scope", "openid offline_access"));
        var tokens = await host.TokensAsync(await host.SignInAsync(account.Id), request);

        Assert.True((await accounts.ChangePasswordAsync(account, "a long enough password", "another long password")).Succeeded);

        await AssertRefusedAsync(tokens);
    }

    [Fact]
    public async Task The_person_sees_who_goes_on_while_they_are_away()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        using var before = await host.GetAsync("/account/applications", cookie);
        await host.TokensAsync(cookie, Offline);
        using var after = await host.GetAsync("/account/applications", cookie);

        Assert.DoesNotContain("Access while you are away", await before.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("End the access of agency", await after.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_administrator_who_can_sign_in_is_not_locked()
    {
        var token = await AdministratorAsync();
        var (first, second) = (await host.RegisterAsync(), await host.RegisterAsync());
        await host.AppointAsync(first, AccountRoles.Administrator);
        await host.AppointAsync(second, $"{AccountRoles.Administrator} {AccountRoles.Auditor}");

        await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Post, $"{first}/lock", token);
        await AssertAsync(HttpStatusCode.Conflict, HttpMethod.Post, $"{second}/lock", token, "last_administrator");
        await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Post, $"{first}/unlock", token);
        await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Post, $"{second}/lock", token);
    }

    private async Task<string> AdministratorAsync(string scope = "accounts.read accounts.write")
    {
        await using var services = host.Services.CreateAsyncScope();
        var clients = services.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await clients.FindByClientIdAsync("administration", Cancellation) is null)
        {
            var client = new OpenIddictApplicationDescriptor { ClientId = "administration", ClientSecret = "the-secret-of-the-administration-0123456789", ClientType = ClientTypes.Confidential };
            client.Permissions.UnionWith([
                Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials, Permissions.Prefixes.Scope + "accounts.read", Permissions.Prefixes.Scope + "accounts.write",
            ]);
            await clients.CreateAsync(client, Cancellation);
        }

        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"), new("client_id", "administration"), new("client_secret", "the-secret-of-the-administration-0123456789"), new("scope", scope),
        ]);
        using var answer = await host.Http.PostAsync(new Uri("/connect/token", UriKind.Relative), form, Cancellation);
        return (await OpenIdHost.JsonAsync(answer)).GetProperty("access_token").GetString()!;
    }

    private async Task AssertAsync(HttpStatusCode status, HttpMethod method, string path, string token, string? code = null)
    {
        using var response = await host.SendAsync(method, $"/api/v1/accounts/{path}", token);
        Assert.Equal(status, response.StatusCode);
        if (code is not null)
        {
            Assert.Equal(code, (await OpenIdHost.JsonAsync(response)).GetProperty("code").GetString());
        }
    }

    private async Task AssertRefusedAsync(JsonElement tokens)
    {
        using var refused = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
        await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.BadRequest, "invalid_grant");
    }

    private async Task<int> CountAsync(string token, string query)
    {
        using var response = await host.SendAsync(HttpMethod.Get, $"/api/v1/accounts?query={query}", token);
        return (await OpenIdHost.JsonAsync(response)).GetProperty("items").GetArrayLength();
    }

    private async Task<string?> StateAsync(string account, string token)
    {
        using var response = await host.SendAsync(HttpMethod.Get, $"/api/v1/accounts/{account}", token);
        return (await OpenIdHost.JsonAsync(response)).GetProperty("account").GetProperty("state").GetString();
    }
}
