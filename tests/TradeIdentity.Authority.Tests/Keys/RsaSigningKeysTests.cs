using Dapper;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Keys;

public sealed class RsaSigningKeysOnSqliteTests(SqliteLedger ledger) : RsaSigningKeysTests(ledger), IClassFixture<SqliteLedger>;

public sealed class RsaSigningKeysOnPostgreSqlTests(PostgreSqlLedger ledger) : RsaSigningKeysTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class RsaSigningKeysTests(LedgerFixture ledger)
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly KeyEncryptionKey _encryptionKey = TestKeys.NewEncryptionKey();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_that_start_at_once_make_one_key_and_a_wrong_encryption_key_makes_none()
    {
        var database = await ledger.NewAsync();
        RsaSigningKeys[] instances = [Keys(database), Keys(ledger.OpenAgain(database))];

        var made = await Task.WhenAll(instances.Select(keys => Task.Run(() => EnsuredAsync(keys), Cancellation)));

        Assert.Equal(Assert.Single(made[0]).KidText, Assert.Single(made[1]).KidText);
        var wrong = new RsaSigningKeys(ledger.OpenAgain(database), _time, TestKeys.NewEncryptionKey());
        Assert.NotNull((await wrong.EnsureAsync(Cancellation)).Refusal);
        Assert.NotNull((await wrong.RotateAsync(immediately: true, "test", Cancellation)).Refusal);
        Assert.Single(await EnsuredAsync(Keys(ledger.OpenAgain(database))));
    }

    [Fact]
    public async Task A_key_is_announced_before_it_signs_and_the_one_before_it_verifies_after_that()
    {
        var database = await ledger.NewAsync();
        var keys = Keys(database);
        var first = Assert.Single(await EnsuredAsync(keys));

        var rotated = await RotatedAsync(keys, immediately: false);

        Assert.Equal([first.KidText, rotated], (await EnsuredAsync(keys)).Select(key => key.KidText));
        Assert.Equal("rotation_already_announced", (await keys.RotateAsync(immediately: false, "test", Cancellation)).Refusal?.Code);
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal([rotated, first.KidText], (await EnsuredAsync(Keys(ledger.OpenAgain(database)))).Select(key => key.KidText));
        _time.Advance(TimeSpan.FromDays(61));
        Assert.Equal([rotated], (await EnsuredAsync(keys)).Select(key => key.KidText));
        _time.Advance(TimeSpan.FromDays(27));
        Assert.Equal(2, (await EnsuredAsync(keys)).Count);
    }

    [Fact]
    public async Task Immediately_the_new_key_signs_and_one_that_was_announced_never_does()
    {
        var database = await ledger.NewAsync();
        var keys = Keys(database);
        var first = Assert.Single(await EnsuredAsync(keys));
        var announced = await RotatedAsync(keys, immediately: false);

        var now = await RotatedAsync(keys, immediately: true);

        Assert.Equal(now, (await EnsuredAsync(keys))[0].KidText);
        Assert.Contains(first.KidText, (await EnsuredAsync(keys)).Select(key => key.KidText));
        _time.Advance(TimeSpan.FromDays(3));
        var later = await EnsuredAsync(Keys(ledger.OpenAgain(database)));
        Assert.Equal(now, later[0].KidText);
        Assert.False(later.Single(key => key.KidText == announced).SignsAt(_time.GetUtcNow()));
        Assert.Equal(
            ["signing-key-created", "signing-key-rotated", "signing-key-rotated"],
            await database.ReadAsync(connection => connection.QueryAsync<string>("SELECT act FROM audit_entries ORDER BY sequence"), Cancellation));
    }

    private RsaSigningKeys Keys(Database database) => new(database, _time, _encryptionKey);

    private static async Task<IReadOnlyList<RsaSigningKey>> EnsuredAsync(RsaSigningKeys keys) =>
        (await keys.EnsureAsync(Cancellation)).Match(made => made, refusal => throw new InvalidOperationException(refusal.Detail));

    private static async Task<string> RotatedAsync(RsaSigningKeys keys, bool immediately) =>
        (await keys.RotateAsync(immediately, "test", Cancellation)).Match(kid => kid, refusal => throw new InvalidOperationException(refusal.Detail));
}
