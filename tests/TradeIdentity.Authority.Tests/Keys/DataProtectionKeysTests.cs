using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TradeIdentity.Authority.Tests.Accounts;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Keys;

public sealed class DataProtectionKeysOnSqliteTests(SqliteLedger ledger) : DataProtectionKeysTests(ledger), IClassFixture<SqliteLedger>;

public sealed class DataProtectionKeysOnPostgreSqlTests(PostgreSqlLedger ledger) : DataProtectionKeysTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class DataProtectionKeysTests(LedgerFixture ledger)
{
    [Fact]
    public async Task Instances_that_start_at_once_open_what_each_other_protected_and_the_database_alone_opens_nothing()
    {
        await using var first = new TestAccounts(await ledger.NewAsync());
        await using var second = new TestAccounts(ledger.OpenAgain(first.Database), first.EncryptionKey);
        await using var stranger = new TestAccounts(ledger.OpenAgain(first.Database));
        var protectors = new[] { first, second }.Select(each => each.Get<IDataProtectionProvider>().CreateProtector("cookie")).ToArray();

        var made = await Task.WhenAll(protectors.Select(protector => Task.Run(() => protector.Protect(new byte[] { 7 }), TestContext.Current.CancellationToken)));

        Assert.Equal([7], protectors[0].Unprotect(made[1]));
        Assert.Equal([7], protectors[1].Unprotect(made[0]));
        Assert.Throws<CryptographicException>(() => stranger.Get<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(made[0]));
        var stored = await first.ScalarAsync<string>("SELECT xml FROM data_protection_keys");
        Assert.Contains("<sealed ", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey>", stored, StringComparison.Ordinal);
    }
}
