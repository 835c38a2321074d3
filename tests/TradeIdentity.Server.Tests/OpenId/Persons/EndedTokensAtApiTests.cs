using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Administration;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Persons;

/// <summary>A person's token that was ended opens nothing at the API, however long it would still have lived.</summary>
public sealed class EndedTokensAtApiTests(PersonHost host) : IClassFixture<PersonHost>
{
    [Fact]
    public async Task An_administrator_whose_account_is_locked_cannot_unlock_it_with_a_token_of_before()
    {
        // The last administrator is not locked.
        await AdministratorAsync();
        var (account, token) = await AdministratorAsync();
        Assert.Null((await host.Services.GetRequiredService<LockAccount>().ExecuteAsync(account, "test", TestContext.Current.CancellationToken)).Refusal);
        using var answer = await UnlockAsync(account, token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_what_clients_can_do_at_the_API()
    {
        var (account, token) = await AdministratorAsync();
        await host.Services.GetRequiredService<SignOutEverywhere>().ExecuteAsync(account, "test", TestContext.Current.CancellationToken);
        using var answer = await host.GetAsync("/api/v1/accounts", bearer: token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_that_its_client_revoked_opens_nothing()
    {
        var (_, token) = await AdministratorAsync();
        using (var before = await host.GetAsync("/api/v1/accounts", bearer: token))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        using (var revoked = await host.PostAsync("/connect/revoke", PersonHost.Agency, ("token", token)))
        {
            Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        }

        using var answer = await host.GetAsync("/api/v1/accounts", bearer: token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_of_a_client_that_is_gone_opens_nothing()
    {
        var (account, token) = await AdministratorAsync();
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("DELETE FROM openid_tokens WHERE subject = @account", new { account }), TestContext.Current.CancellationToken);
        using var answer = await host.GetAsync("/api/v1/accounts", bearer: token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<(string Account, string Token)> AdministratorAsync()
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, AccountRoles.Administrator);
        return (account, await host.AccessTokenAsync(account, "accounts.read accounts.write"));
    }

    private Task<HttpResponseMessage> UnlockAsync(string account, string token) => host.SendAsync(HttpMethod.Post, $"/api/v1/accounts/{account}/unlock", token);
}
