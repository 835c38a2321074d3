using System.Net;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.IdentityProofs;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Audit;

/// <summary>The catalogue of security events, walked: each is made to happen, and found in the audit trail.</summary>
public sealed class SecurityEventsTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Password = "a long enough password";
    private static readonly AuthorizationRequest Offline = AuthorizationRequest.With(("scope", "openid organization offline_access"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Catalogue => [.. SecurityEvents.All];

    [Theory]
    [MemberData(nameof(Catalogue))]
    public async Task Each_event_of_the_catalogue_is_written(string act)
    {
        // A start has made the first keys.
        var before = act == SecurityEvents.SigningKeyCreated ? 0 : await LastAsync();
        await using var scope = host.Services.CreateAsyncScope();
        await HappenAsync(act, scope.ServiceProvider);

        var entries = (await EntriesAsync(before)).Where(entry => entry.Act == act).ToList();

        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.DoesNotContain("@", entry.Subject + entry.Actor + entry.Details, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flood_of_failing_clients_is_a_few_entries()
    {
        // Of a client that fails in no other test: tests run in any order, and an entry comes once in ten minutes.
        var before = await LastAsync();
        for (var failure = 0; failure < 10; failure++)
        {
            await FailAsync("demonstration");
            await FailAsync($"made-up-{failure}");
        }

        var subjects = (await EntriesAsync(before)).Where(entry => entry.Act == SecurityEvents.ClientAuthenticationFailed).Select(entry => entry.Subject).Order();
        Assert.Equal(["client:demonstration", "client:unknown"], subjects);
    }

    [Fact]
    public async Task A_token_that_is_shown_again_and_again_is_one_entry()
    {
        var account = await host.RegisterAsync(PersonHost.Tin);
        var tokens = await host.TokensAsync(await host.SignInAsync(account), Offline);
        using var used = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
        for (var again = 0; again < 3; again++)
        {
            using var reused = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
            Assert.Equal(HttpStatusCode.BadRequest, reused.StatusCode);
        }

        var entry = Assert.Single(await EntriesAsync(0), entry => entry.Act == SecurityEvents.RefreshTokenReused && entry.Subject == $"account:{account}");
        Assert.Equal((PersonHost.Agency, $$"""{"client":"{{PersonHost.Agency}}"}"""), (entry.Actor, entry.Details));
    }

    [Fact]
    public void The_page_lists_the_catalogue()
    {
        var listed = File.ReadAllLines(Repository.PathOf("docs/audit.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Equal(SecurityEvents.All, listed);
    }

    private Task HappenAsync(string act, IServiceProvider services) => act switch
    {
        SecurityEvents.ClientCreated or SecurityEvents.ClientUpdated or SecurityEvents.ClientDeleted => ChangeClientAsync(services),
        SecurityEvents.ClientAuthenticationFailed => FailAsync(PersonHost.Agency),
        SecurityEvents.InitialAccessTokenIssued or SecurityEvents.InitialAccessTokenWithdrawn => IssueAndWithdrawAsync(services.GetRequiredService<InitialAccessTokens>()),
        SecurityEvents.ConsentGiven or SecurityEvents.ConsentWithdrawn => AllowAndWithdrawAsync(services),
        SecurityEvents.TokensEnded => EndTokensAsync(services.GetRequiredService<AccountTokens>()),
        SecurityEvents.CodeReplayed => ReplayCodeAsync(),
        SecurityEvents.RefreshTokenReused => ReuseAsync(),
        SecurityEvents.TokenExchanged => services.GetRequiredService<RecordTokenExchange>().ExecuteAsync("broker", "account", ["operators.read"], Cancellation),
        SecurityEvents.AccountClosed or SecurityEvents.AccountErased => CloseAndEraseAsync(services),
        SecurityEvents.PersonalDataExported => ExportAsync(services.GetRequiredService<ExportPersonalData>()),
        SecurityEvents.SigningKeyCreated => Task.CompletedTask,
        SecurityEvents.SigningKeyRotated => services.GetRequiredService<RotateSigningKey>().ExecuteAsync(KeyPurpose.OpenId, immediately: true, "test", Cancellation),
        _ => LiveAsync(services),
    };

    // All that can happen to an account.
    private static async Task LiveAsync(IServiceProvider services)
    {
        var accounts = services.GetRequiredService<UserManager<Account>>();
        var account = new Account { Id = Account.NewId(), Email = $"{Account.NewId()}@trader.example", Name = new PersonName("Ada", "Example") };
        await DoneAsync(accounts.CreateAsync(account, Password));
        await DoneAsync(accounts.ConfirmEmailAsync(account, await accounts.GenerateEmailConfirmationTokenAsync(account)));
        var session = await services.GetRequiredService<StartSession>().ExecuteAsync(account, SignInEvidence.Password, "test", null, Cancellation);
        await services.GetRequiredService<StepUpSession>().ExecuteAsync(session, SignInEvidence.PasswordAndCode, Cancellation);
        await services.GetRequiredService<GrantMembership>().ExecuteAsync(account.Id, Tin.Parse(PersonHost.Tin), [MembershipRoles.All.First()], "officer", Cancellation);
        await services.GetRequiredService<EndMembership>().ExecuteAsync(account.Id, Tin.Parse(PersonHost.Tin), "officer", Cancellation);
        var seen = new ProofOfIdentity(TrustFrameworks.Account, "low", "officer", "written_attestation", "Example Customs", null, "Ada", "Example", DateTimeOffset.UnixEpoch.AddDays(1), null);
        Assert.Null((await services.GetRequiredService<ProveIdentity>().ExecuteAsync(account.Id, seen, "officer", Cancellation)).Refusal);
        Assert.Null((await services.GetRequiredService<WithdrawIdentityProof>().ExecuteAsync(account.Id, "officer", Cancellation)).Refusal);
        for (var guess = 0; guess < 5; guess++)
        {
            await services.GetRequiredService<FailedSignIn>().RecordAsync(account, Cancellation);
        }

        await DoneAsync(accounts.SetLockoutEndDateAsync(account, null));
        await DoneAsync(accounts.ResetAuthenticatorKeyAsync(account));
        await DoneAsync(accounts.SetTwoFactorEnabledAsync(account, true));
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, 10);
        await DoneAsync(accounts.RedeemTwoFactorRecoveryCodeAsync(account, codes!.First()));
        await DoneAsync(accounts.SetTwoFactorEnabledAsync(account, false));
        var passkey = new UserPasskeyInfo(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16), [1], DateTimeOffset.UnixEpoch, 0, null, true, false, false, [1], [1]);
        await DoneAsync(accounts.AddOrUpdatePasskeyAsync(account, passkey));
        await DoneAsync(accounts.RemovePasskeyAsync(account, passkey.CredentialId));
        await DoneAsync(accounts.ChangePasswordAsync(account, Password, Password + "!"));
        account.Email = $"{Account.NewId()}@trader.example";
        account.Roles = [AccountRoles.Auditor];
        await DoneAsync(accounts.UpdateAsync(account));
        await services.GetRequiredService<SignOutEverywhere>().ExecuteAsync(account.Id, "officer", Cancellation);
        account.DisabledAt = DateTimeOffset.UnixEpoch;
        await DoneAsync(accounts.UpdateAsync(account));
        account.DisabledAt = null;
        await DoneAsync(accounts.UpdateAsync(account));
        await DoneAsync(accounts.DeleteAsync(account));
    }

    private static async Task ChangeClientAsync(IServiceProvider services)
    {
        var clients = services.GetRequiredService<IOpenIddictApplicationManager>();
        var client = await clients.CreateAsync(new OpenIddictApplicationDescriptor { ClientId = Account.NewId(), ClientType = OpenIddictConstants.ClientTypes.Public }, Cancellation);
        await clients.UpdateAsync(client, Cancellation);
        await clients.DeleteAsync(client, Cancellation);
    }

    private static async Task IssueAndWithdrawAsync(InitialAccessTokens tokens)
    {
        var issued = (await tokens.IssueAsync("test", [], 1, TimeSpan.FromHours(1), "test", Cancellation)).Match(token => token, refusal => throw new InvalidOperationException(refusal.Detail));
        await tokens.WithdrawAsync(issued.Terms.Id, "test", Cancellation);
    }

    private async Task AllowAndWithdrawAsync(IServiceProvider services)
    {
        var account = await host.RegisterAsync(PersonHost.Tin);
        await host.CodeAsync(await host.SignInAsync(account), Offline);
        var consent = Assert.Single(await services.GetRequiredService<Server.OpenId.Authorization.Consents>().ListAsync(account, Cancellation));
        Assert.False(await services.GetRequiredService<WithdrawConsent>().ExecuteAsync(await host.RegisterAsync(), consent.Id, "another", Cancellation));
        Assert.True(await services.GetRequiredService<WithdrawConsent>().ExecuteAsync(account, consent.Id, account, Cancellation));
        Assert.False(await services.GetRequiredService<WithdrawConsent>().ExecuteAsync(account, consent.Id, account, Cancellation));
    }

    private async Task EndTokensAsync(AccountTokens held)
    {
        var account = await host.RegisterAsync(PersonHost.Tin);
        var tokens = await host.TokensAsync(await host.SignInAsync(account), Offline);
        var token = Assert.Single(await held.ListAsync(account, Cancellation), token => token.IsRefresh);
        Assert.Equal((PersonHost.Agency, true), (token.ClientId, token.Scopes.Contains("organization")));
        Assert.False(await held.EndAsync(await host.RegisterAsync(), token.Id, "another", Cancellation));
        Assert.True(await held.EndAsync(account, token.Id, account, Cancellation));
        Assert.Empty(await held.ListAsync(account, Cancellation));
        using var refused = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private async Task ReplayCodeAsync()
    {
        var code = await host.CodeAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), Offline);
        using var first = await host.ExchangeAsync(code, Offline);
        using var second = await host.ExchangeAsync(code, Offline);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (first.StatusCode, second.StatusCode));
    }

    private async Task ReuseAsync()
    {
        var tokens = await host.TokensAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), Offline);
        using var first = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
        using var second = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (first.StatusCode, second.StatusCode));
    }

    private async Task FailAsync(string clientId)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", clientId), new("client_secret", "wrong")]);
        using var answer = await host.Http.PostAsync(new Uri("/connect/token", UriKind.Relative), form, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task CloseAndEraseAsync(IServiceProvider services)
    {
        var account = await host.RegisterAsync();
        Assert.Equal(account, (await services.GetRequiredService<CloseAccount>().ExecuteAsync(account, Cancellation)).Match(closed => closed, refusal => refusal.Code));
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE accounts SET closed_at = 0 WHERE id = @account", new { account }), Cancellation);
        await services.GetRequiredService<EraseWhatIsPast>().ExecuteAsync(Cancellation);
    }

    private async Task ExportAsync(ExportPersonalData export)
    {
        var account = await host.RegisterAsync();
        await export.ExecuteAsync(account, account, Stream.Null, Cancellation);
    }

    private static async Task DoneAsync(Task<IdentityResult> change) => Assert.True((await change).Succeeded);

    private Task<long> LastAsync() =>
        host.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(sequence), 0) FROM audit_entries"), Cancellation);

    private async Task<List<Entry>> EntriesAsync(long after) => (await host.Database.ReadAsync(
        connection => connection.QueryAsync<Entry>(
            "SELECT actor AS Actor, act AS Act, subject AS Subject, details AS Details FROM audit_entries WHERE sequence > @after ORDER BY sequence", new { after }), Cancellation)).AsList();

    private sealed record Entry(string Actor, string Act, string Subject, string Details);
}
