using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Authority.Tests.Accounts;

public sealed class SessionEndOnSqliteTests(SqliteLedger ledger) : SessionEndTests(ledger), IClassFixture<SqliteLedger>;

public sealed class SessionEndOnPostgreSqlTests(PostgreSqlLedger ledger) : SessionEndTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class SessionEndTests(LedgerFixture ledger)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_out_everywhere_revokes_what_clients_hold_for_the_account_and_nobody_elses()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var (ada, ben) = (await accounts.CreateAsync(), await accounts.CreateAsync("ben@trader.example"));
        var tokens = new OpenIdTokenStore(accounts.Database, accounts.Time);
        await tokens.CreateAsync(new OpenIdToken { Id = "of-ada", Subject = ada.Id, Status = Statuses.Valid }, Cancellation);
        await tokens.CreateAsync(new OpenIdToken { Id = "used", Subject = ada.Id, Status = Statuses.Redeemed }, Cancellation);
        await tokens.CreateAsync(new OpenIdToken { Id = "of-ben", Subject = ben.Id, Status = Statuses.Valid }, Cancellation);
        await accounts.SignInAsync(ada);
        await accounts.SignInAsync(ada);

        Assert.Equal(2, await accounts.Get<SignOutEverywhere>().ExecuteAsync(ada.Id, "officer", Cancellation));

        Assert.Equal(
            [Statuses.Revoked, Statuses.Revoked, Statuses.Valid],
            [await StatusAsync("of-ada"), await StatusAsync("used"), await StatusAsync("of-ben")]);
        Assert.Equal(
            ["account-session-ended", "account-session-ended", "account-signed-out-everywhere"], (await accounts.ActsAsync(ada))[^3..]);
        Assert.Equal("ended-by-officer", await accounts.ScalarAsync<string>("SELECT MIN(end_reason) FROM account_sessions"));

        async Task<string?> StatusAsync(string id) => (await tokens.FindByIdAsync(id, Cancellation))!.Status;
    }

    [Fact]
    public async Task Who_follows_learns_of_an_end_in_its_transaction_and_one_that_is_rolled_back_never_was()
    {
        var follower = new Follower();
        await using var accounts = new TestAccounts(await ledger.NewAsync(), followers: follower);
        var account = await accounts.CreateAsync();
        var session = await accounts.SignInAsync(account);
        var end = accounts.Get<EndSession>();

        follower.Fails = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => end.ExecuteAsync(account.Id, session.Sid, SessionEnd.Reasons.SignedOut, account.Id, Cancellation));
        Assert.NotNull(await accounts.Get<Authority.Accounts.Sessions.Sessions>().FindAsync(session.Sid, session.Generation, Cancellation));

        follower.Fails = false;
        Assert.True(await end.ExecuteAsync(account.Id, session.Sid, SessionEnd.Reasons.SignedOut, account.Id, Cancellation));
        Assert.False(await end.ExecuteAsync(account.Id, session.Sid, SessionEnd.Reasons.SignedOut, account.Id, Cancellation));
        Assert.False(await end.ExecuteAsync(account.Id, "", SessionEnd.Reasons.SignedOut, account.Id, Cancellation));
        Assert.Equal([session.Sid], follower.Ended);
    }

    [Fact]
    public async Task Pruning_ends_what_grew_old_and_deletes_what_ended_long_ago_in_many_batches()
    {
        var follower = new Follower();
        await using var accounts = new TestAccounts(await ledger.NewAsync(), followers: follower);
        var account = await accounts.CreateAsync();
        await accounts.SignInAsync(account);
        var longAgo = (accounts.Time.GetUtcNow() - TimeSpan.FromDays(40)).ToUnixTimeSeconds();
        await accounts.Database.WriteAsync(tx => tx.ExecuteAsync(
            """
            INSERT INTO account_sessions (sid, account_id, generation, created_at, last_seen_at, auth_time, amr, acr, user_agent, ended_at, end_reason)
            VALUES (@Sid, @AccountId, 1, @longAgo, @longAgo, @longAgo, 'pwd', 'x', '', @longAgo, 'signed-out')
            """, Enumerable.Range(0, 1100).Select(i => new { Sid = i.ToString("x32", null), AccountId = account.Id, longAgo })), Cancellation);
        accounts.Time.Advance(TimeSpan.FromMinutes(30));
        var used = await accounts.SignInAsync(account);
        accounts.Time.Advance(TimeSpan.FromMinutes(40));

        Assert.Equal(1101, await accounts.Get<PruneAccounts>().ExecuteAsync(Cancellation));

        Assert.Equal([used.Sid], (await accounts.Get<Authority.Accounts.Sessions.Sessions>().OfAccountAsync(account.Id, Cancellation)).Select(session => session.Sid));
        Assert.Single(follower.Ended);
        Assert.Equal(2, await accounts.ScalarAsync<long>("SELECT COUNT(*) FROM account_sessions"));
        Assert.Equal(0, await accounts.Get<PruneAccounts>().ExecuteAsync(Cancellation));
    }

    [Fact]
    public async Task Being_seen_is_written_once_a_minute()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var (session, sessions) = (await accounts.SignInAsync(await accounts.CreateAsync()), accounts.Get<Authority.Accounts.Sessions.Sessions>());
        accounts.Time.Advance(TimeSpan.FromSeconds(59));
        await sessions.FindAsync(session.Sid, session.Generation, Cancellation);
        Assert.Equal(session.LastSeenAt, (await sessions.OfAccountAsync(session.AccountId, Cancellation))[0].LastSeenAt);

        accounts.Time.Advance(TimeSpan.FromSeconds(1));
        await sessions.FindAsync(session.Sid, session.Generation, Cancellation);
        Assert.Equal(accounts.Time.GetUtcNow(), (await sessions.OfAccountAsync(session.AccountId, Cancellation))[0].LastSeenAt);
    }

    [Fact]
    public async Task Of_two_step_ups_at_once_one_counts()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var session = await accounts.SignInAsync(await accounts.CreateAsync("officer@customs.example", AccountRoles.Approver));
        Assert.True(session.SecondFactorRequired);
        var stepUp = accounts.Get<StepUpSession>();

        var stepped = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => stepUp.ExecuteAsync(session, SignInEvidence.PasswordAndCode, Cancellation)));

        var one = Assert.Single(stepped, each => each is not null)!;
        Assert.Equal((session.Sid, 2, AcrValues.TwoFactors, false), (one.Sid, one.Generation, one.Acr, one.SecondFactorRequired));
        Assert.Null(await accounts.Get<Authority.Accounts.Sessions.Sessions>().FindAsync(session.Sid, session.Generation, Cancellation));
    }

    private sealed class Follower : IFollowSessionEnds
    {
        public bool Fails { get; set; }

        public List<string> Ended { get; } = [];

        public Task OnEndedAsync(WriteTransaction tx, string accountId, IReadOnlyList<string> sids)
        {
            if (Fails)
            {
                throw new InvalidOperationException("The follower failed.");
            }

            Ended.AddRange(sids);
            return Task.CompletedTask;
        }
    }
}
