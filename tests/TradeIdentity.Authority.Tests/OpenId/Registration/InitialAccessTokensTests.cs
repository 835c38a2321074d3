using Dapper;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.OpenId.Registration;

public sealed class InitialAccessTokensOnSqliteTests(SqliteLedger ledger) : InitialAccessTokensTests(ledger), IClassFixture<SqliteLedger>;

public sealed class InitialAccessTokensOnPostgreSqlTests(PostgreSqlLedger ledger) : InitialAccessTokensTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class InitialAccessTokensTests(LedgerFixture ledger)
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_opens_until_it_ends_and_is_listed_without_itself()
    {
        var database = await ledger.NewAsync();
        var tokens = new InitialAccessTokens(database, _time);
        var issued = Done(await tokens.IssueAsync("Freight exchange", ["operators.read"], 2, TimeSpan.FromHours(1), "admin", Cancellation));

        var opened = Done(await tokens.TryAsync(issued.Token, Cancellation));
        Assert.Equal((issued.Terms.Id, "Freight exchange", 2L, "admin"), (opened.Id, opened.Label, opened.UsesLeft, opened.IssuedBy));
        Assert.Equal(["operators.read"], opened.Scopes);
        Assert.Equal(issued.Terms.Id, Assert.Single(await tokens.ListAsync(Cancellation)).Id);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("invalid_token", (await tokens.TryAsync(issued.Token, Cancellation)).Refusal?.Code);
        Assert.Empty(await tokens.ListAsync(Cancellation));
        Assert.Equal(["initial-access-token-issued"], await ActsAsync(database));
    }

    [Fact]
    public async Task Its_uses_are_spent_once_each_on_all_instances_together()
    {
        var database = await ledger.NewAsync();
        InitialAccessTokens[] instances = [new(database, _time), new(ledger.OpenAgain(database), _time)];
        var issued = Done(await instances[0].IssueAsync("x", [], 3, TimeSpan.FromHours(1), "admin", Cancellation));

        var spent = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => instances[i % 2].SpendAsync(issued.Terms.Id, Cancellation)));

        Assert.Equal(3, spent.Count(once => once));
        Assert.Equal("invalid_token", (await instances[1].TryAsync(issued.Token, Cancellation)).Refusal?.Code);
    }

    [Fact]
    public async Task Tries_are_counted_by_the_minute()
    {
        var tokens = new InitialAccessTokens(await ledger.NewAsync(), _time);
        var issued = Done(await tokens.IssueAsync("x", [], 1, TimeSpan.FromHours(1), "admin", Cancellation));
        for (var i = 0; i < InitialAccessTokens.TriesInAMinute; i++)
        {
            Assert.Null((await tokens.TryAsync(issued.Token, Cancellation)).Refusal);
        }

        Assert.Equal("too_many_requests", (await tokens.TryAsync(issued.Token, Cancellation)).Refusal?.Code);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await tokens.TryAsync(issued.Token, Cancellation)).Refusal);
    }

    [Fact]
    public async Task One_that_is_withdrawn_is_gone_and_both_are_audited()
    {
        var database = await ledger.NewAsync();
        var tokens = new InitialAccessTokens(database, _time);
        var issued = Done(await tokens.IssueAsync("x", [], 1, TimeSpan.FromHours(1), "admin", Cancellation));
        Assert.Null((await tokens.WithdrawAsync(issued.Terms.Id, "admin", Cancellation)).Refusal);
        Assert.Equal("initial_access_token_unknown", (await tokens.WithdrawAsync(issued.Terms.Id, "admin", Cancellation)).Refusal?.Code);
        Assert.Equal("invalid_token", (await tokens.TryAsync(issued.Token, Cancellation)).Refusal?.Code);
        Assert.Equal(["initial-access-token-issued", "initial-access-token-withdrawn"], await ActsAsync(database));
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("a\nb", 1, 1)]
    [InlineData("x", 0, 1)]
    [InlineData("x", 1001, 1)]
    [InlineData("x", 1, 0)]
    [InlineData("x", 1, 366)]
    public async Task Terms_without_bounds_are_refused(string label, int uses, int days)
    {
        var tokens = new InitialAccessTokens(await ledger.NewAsync(), _time);
        Assert.NotNull((await tokens.IssueAsync(label, [], uses, TimeSpan.FromDays(days), "admin", Cancellation)).Refusal);
    }

    private static T Done<T>(Outcome<T> outcome)
        where T : notnull => outcome.Match(value => value, refusal => throw new InvalidOperationException(refusal.Detail));

    private static Task<List<string>> ActsAsync(TradeIdentity.Authority.Storage.Database database) => database.ReadAsync(
        async connection => (await connection.QueryAsync<string>("SELECT act FROM audit_entries ORDER BY sequence")).AsList(), Cancellation);
}
