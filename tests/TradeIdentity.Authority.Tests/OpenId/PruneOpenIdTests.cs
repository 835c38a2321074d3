using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Tests.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Authority.Tests.OpenId;

public sealed class PruneOpenIdOnSqliteTests(SqliteLedger ledger) : PruneOpenIdTests(ledger), IClassFixture<SqliteLedger>;

public sealed class PruneOpenIdOnPostgreSqlTests(PostgreSqlLedger ledger) : PruneOpenIdTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class PruneOpenIdTests(LedgerFixture ledger)
{
    [Fact]
    public async Task One_run_takes_the_last_token_and_then_the_authorization_that_was_for_it_alone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var (database, time) = (await ledger.NewAsync(), new ManualTime(now));
        var (authorizations, tokens, replays) = (new OpenIdAuthorizationStore(database, time), new OpenIdTokenStore(database, time), new ReplayGuard(database, time));
        await authorizations.CreateAsync(
            new OpenIdAuthorization { Id = "a", Status = Statuses.Valid, Type = AuthorizationTypes.AdHoc, CreationDate = now.AddDays(-40) }, cancellation);
        await tokens.CreateAsync(
            new OpenIdToken { Id = "t", AuthorizationId = "a", Status = Statuses.Valid, CreationDate = now.AddDays(-40), ExpirationDate = now.AddDays(-39) }, cancellation);
        await tokens.CreateAsync(new OpenIdToken { Id = "recent", Status = Statuses.Redeemed, CreationDate = now.AddDays(-13) }, cancellation);
        await replays.TryPassAsync("p", "a", "v", now.AddMinutes(-1), cancellation);

        var deleted = await new PruneOpenId(tokens, authorizations, replays, new SessionClients(database, time), time).ExecuteAsync(cancellation);

        Assert.Equal(3, deleted);
        Assert.Null(await authorizations.FindByIdAsync("a", cancellation));
        Assert.NotNull(await tokens.FindByIdAsync("recent", cancellation));
    }
}
