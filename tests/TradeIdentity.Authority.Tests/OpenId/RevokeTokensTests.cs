using Dapper;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Authority.Tests.OpenId;

/// <summary>On PostgreSQL: SQLite has one writer, so no token is issued while a family ends.</summary>
public sealed class RevokeTokensTests(PostgreSqlLedger ledger) : IClassFixture<PostgreSqlLedger>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Endings => ["family", "account", "client", "held token"];

    [Theory, MemberData(nameof(Endings))]
    public async Task What_is_issued_at_this_moment_ends_too(string ending)
    {
        var database = await ledger.NewAsync();
        await new OpenIdApplicationStore(database, TimeProvider.System).CreateAsync(new OpenIdApplication { Id = "app", ClientId = "app" }, Cancellation);
        await new OpenIdAuthorizationStore(database, TimeProvider.System).CreateAsync(new OpenIdAuthorization { Id = "auth", Status = Statuses.Valid }, Cancellation);
        await new OpenIdTokenStore(database, TimeProvider.System).CreateAsync(Token("presented"), Cancellation);

        // Another instance has used the token up and issued two for it, and its commit is under way.
        var issued = new TaskCompletionSource();
        var commit = new TaskCompletionSource();
        var refresh = database.WriteAsync(
            async tx =>
            {
                await tx.ExecuteAsync("UPDATE openid_tokens SET status = 'redeemed' WHERE id = 'presented' AND status = 'valid'");
                await tx.ExecuteAsync(
                    """
                    INSERT INTO openid_tokens (id, application_id, authorization_id, status, subject, concurrency_token)
                    VALUES (@Id, 'app', 'auth', 'valid', 'alice', 'c')
                    """, new[] { new { Id = "access" }, new { Id = "refresh" } });
                issued.SetResult();
                await commit.Task;
                return true;
            },
            Cancellation);
        await issued.Task;
        var end = EndAsync(database, ending);
        await WaitsForALockAsync(database);
        commit.SetResult();
        await refresh;
        await end;

        var left = await database.ReadAsync(
            connection => connection.QueryAsync<string>("SELECT id FROM openid_tokens WHERE status <> 'revoked'"), Cancellation);
        Assert.Empty(left);
    }

    private static Task EndAsync(Database database, string ending) => ending switch
    {
        "family" => new EndTokenFamily(database, TimeProvider.System).ExecuteAsync("auth", "refresh_token", Cancellation),
        "account" => database.WriteAsync(tx => RevokeTokens.OfAccountAsync(tx, "alice"), Cancellation),
        "client" => database.WriteAsync(tx => RevokeTokens.OfAccountAtClientAsync(tx, "alice", "app"), Cancellation),
        _ => new AccountTokens(database, TimeProvider.System).EndAsync("alice", "presented", "alice", Cancellation),
    };

    // Asks the server until the act waits; the test's time limit ends it where it never does.
    private static async Task WaitsForALockAsync(Database database)
    {
        const string Waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while (await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(Waiting), Cancellation) == 0)
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private static OpenIdToken Token(string id) => new() { Id = id, ApplicationId = "app", AuthorizationId = "auth", Subject = "alice", Status = Statuses.Valid, Type = "refresh" };
}
