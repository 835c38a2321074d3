using System.Text;
using Dapper;
using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Accounts;

public sealed class AccountStoreOnSqliteTests(SqliteLedger ledger) : AccountStoreTests(ledger), IClassFixture<SqliteLedger>;

public sealed class AccountStoreOnPostgreSqlTests(PostgreSqlLedger ledger) : AccountStoreTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class AccountStoreTests(LedgerFixture ledger)
{
    [Fact]
    public async Task An_account_is_read_as_it_was_made()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var made = await accounts.CreateAsync("Ada.Ö@trader.example", AccountRoles.Registrar, AccountRoles.Auditor);

        var read = (await accounts.Users.FindByEmailAsync("ada.ö@TRADER.example"))!;

        Assert.Equal(32, read.Id.Length);
        Assert.Equal((made.Id, made.Email, made.Name, made.Language), (read.Id, read.Email, read.Name, read.Language));
        Assert.Equal(["auditor", "registrar"], read.Roles);
        Assert.True(read.EmailConfirmed && read.IsOfficer);
        Assert.Equal(accounts.Time.GetUtcNow(), read.CreatedAt);
        Assert.True(await accounts.Users.CheckPasswordAsync(read, TestAccounts.Password));
        Assert.False(await accounts.Users.CheckPasswordAsync(read, TestAccounts.Password + " "));
        Assert.Equal(["account-created"], await accounts.ActsAsync(read));
    }

    [Fact]
    public async Task An_address_has_one_account_also_when_two_register_at_once()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        await using var others = new TestAccounts(ledger.OpenAgain(accounts.Database), accounts.EncryptionKey);

        var results = await Task.WhenAll(new[] { accounts, others }.Select(each => each.Users.CreateAsync(new Account { Id = Account.NewId(), Email = "ada@trader.example" }, TestAccounts.Password)));

        Assert.Single(results, result => result.Succeeded);
        Assert.Equal("DuplicateEmail", results.Single(result => !result.Succeeded).Errors.Last().Code);
        Assert.Equal(1, await accounts.ScalarAsync<long>("SELECT COUNT(*) FROM accounts"));
    }

    [Fact]
    public async Task Of_two_changes_to_what_was_read_once_the_second_is_refused_and_leaves_nothing()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var (first, second) = (await accounts.CreateAsync(), (Account?)null);
        second = await accounts.ReadAsync(first);

        TestAccounts.Succeeds(await accounts.Users.AddToRoleAsync(first, AccountRoles.Approver));
        var lost = await accounts.Users.AddToRoleAsync(second, AccountRoles.Auditor);

        Assert.Equal("ConcurrencyFailure", Assert.Single(lost.Errors).Code);
        Assert.Equal(["approver"], (await accounts.ReadAsync(first)).Roles);
        Assert.Equal(["account-created", "account-roles-changed"], await accounts.ActsAsync(first));
    }

    [Fact]
    public async Task Every_change_of_credentials_is_in_the_audit_trail_and_nothing_personal_with_it()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync();

        TestAccounts.Succeeds(await accounts.Users.ChangePasswordAsync(account, TestAccounts.Password, "another long sentence 8"));
        TestAccounts.Succeeds(await accounts.Users.ResetAuthenticatorKeyAsync(account));
        TestAccounts.Succeeds(await accounts.Users.SetTwoFactorEnabledAsync(account, true));
        await accounts.Users.GenerateNewTwoFactorRecoveryCodesAsync(account, 10);
        TestAccounts.Succeeds(await accounts.Users.AddOrUpdatePasskeyAsync(account, Passkey(1)));
        TestAccounts.Succeeds(await accounts.Users.RemovePasskeyAsync(account, [1]));
        TestAccounts.Succeeds(await accounts.Users.SetTwoFactorEnabledAsync(account, false));

        Assert.Equal(
            [
                "account-created", "account-password-changed", "account-authenticator-key-changed", "account-second-factor-enabled",
                "account-recovery-codes-replaced", "account-passkey-added", "account-passkey-removed", "account-second-factor-disabled",
            ],
            await accounts.ActsAsync(account));
        var trail = await accounts.ScalarAsync<string>(
            accounts.Database.Dialect == Authority.Storage.SqlDialect.Sqlite ? "SELECT group_concat(actor || subject || details) FROM audit_entries" : "SELECT string_agg(actor || subject || details, '') FROM audit_entries");
        Assert.DoesNotContain("ada", trail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_authenticator_key_rests_sealed_and_opens_for_its_account_alone()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var (ada, ben) = (await accounts.CreateAsync(), await accounts.CreateAsync("ben@trader.example"));
        TestAccounts.Succeeds(await accounts.Users.ResetAuthenticatorKeyAsync(ada));
        var key = (await accounts.Users.GetAuthenticatorKeyAsync(await accounts.ReadAsync(ada)))!;

        var stored = await accounts.ScalarAsync<byte[]>("SELECT authenticator_key FROM accounts WHERE id = @Id", new { ada.Id });

        Assert.Equal(32, key.Length);
        Assert.DoesNotContain(key, Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        await accounts.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE accounts SET authenticator_key = @stored WHERE id = @Id", new { stored, ben.Id }), CancellationToken.None);
        var moved = await accounts.ReadAsync(ben);
        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(() => accounts.Users.GetAuthenticatorKeyAsync(moved));
    }

    [Fact]
    public async Task A_recovery_code_works_once_also_when_it_comes_twice_at_once_and_rests_hashed()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync();
        var codes = (await accounts.Users.GenerateNewTwoFactorRecoveryCodesAsync(account, 10))!.ToList();
        var store = accounts.Get<IUserStore<Account>>() as IUserTwoFactorRecoveryCodeStore<Account>;

        var redeemed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store!.RedeemCodeAsync(account, codes[0], CancellationToken.None)));

        Assert.Single(redeemed, done => done);
        Assert.Equal(9, await accounts.Users.CountRecoveryCodesAsync(account));
        Assert.False((await accounts.Users.RedeemTwoFactorRecoveryCodeAsync(account, "AAAAA-AAAAA")).Succeeded);
        Assert.True((await accounts.Users.RedeemTwoFactorRecoveryCodeAsync(account, codes[1].ToLowerInvariant())).Succeeded);
        Assert.Equal(2, (await accounts.ActsAsync(account)).Count(act => act == "account-recovery-code-used"));
    }

    [Fact]
    public async Task An_account_has_several_passkeys_and_a_passkey_one_account()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var (ada, ben) = (await accounts.CreateAsync(), await accounts.CreateAsync("ben@trader.example"));
        TestAccounts.Succeeds(await accounts.Users.AddOrUpdatePasskeyAsync(ada, Passkey(1)));
        TestAccounts.Succeeds(await accounts.Users.AddOrUpdatePasskeyAsync(ada, Passkey(2)));

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => accounts.Users.AddOrUpdatePasskeyAsync(ben, Passkey(1)));

        Assert.Equal([[1], [2]], (await accounts.Users.GetPasskeysAsync(ada)).Select(passkey => passkey.CredentialId));
        Assert.Equal(ada.Id, (await accounts.Users.FindByPasskeyIdAsync([2]))!.Id);
        Assert.Null(await accounts.Users.GetPasskeyAsync(ben, [1]));
        Assert.Null(await accounts.Users.FindByPasskeyIdAsync([3]));
        TestAccounts.Succeeds(await accounts.Users.RemovePasskeyAsync(ada, [1]));
        Assert.Equal([2], Assert.Single(await accounts.Users.GetPasskeysAsync(ada)).CredentialId);
    }

    [Fact]
    public async Task A_passkey_that_is_used_keeps_its_count_and_is_no_new_one()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync();
        TestAccounts.Succeeds(await accounts.Users.AddOrUpdatePasskeyAsync(account, Passkey(1)));
        var used = (await accounts.Users.GetPasskeyAsync(account, [1]))!;
        (used.SignCount, used.Name) = (uint.MaxValue, "Blue key");

        TestAccounts.Succeeds(await accounts.Users.AddOrUpdatePasskeyAsync(account, used));

        var read = (await accounts.Users.GetPasskeyAsync(account, [1]))!;
        Assert.Equal((uint.MaxValue, "Blue key"), (read.SignCount, read.Name));
        Assert.Equal(["usb", "nfc"], read.Transports!);
        Assert.Equal(["account-created", "account-passkey-added"], await accounts.ActsAsync(account));
    }

    [Fact]
    public async Task Guesses_that_come_at_once_are_all_counted_and_the_lock_grows()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync();
        var guesses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => accounts.ReadAsync(account)));

        await Task.WhenAll(guesses.Select(guess => accounts.Users.AccessFailedAsync(guess)));
        Assert.False(await accounts.Users.IsLockedOutAsync(await accounts.ReadAsync(account)));

        var lockedMinutes = new List<double>();
        for (var guess = 0; guess < 6; guess++)
        {
            var read = await accounts.ReadAsync(account);
            await accounts.Users.AccessFailedAsync(read);
            Assert.True(await accounts.Users.IsLockedOutAsync(await accounts.ReadAsync(account)));
            lockedMinutes.Add(((await accounts.ReadAsync(account)).LockedUntil - accounts.Time.GetUtcNow())!.Value.TotalMinutes);
        }

        Assert.Equal([1, 2, 4, 8, 15, 15], lockedMinutes);
        accounts.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.False(await accounts.Users.IsLockedOutAsync(await accounts.ReadAsync(account)));
        await accounts.Users.ResetAccessFailedCountAsync(await accounts.ReadAsync(account));
        Assert.Equal((0, null), ((await accounts.ReadAsync(account)).FailedSignIns, (await accounts.ReadAsync(account)).LockedUntil));
        Assert.Equal((10, 6), ((await accounts.ActsAsync(account)).Count(act => act == "account-sign-in-failed"), (await accounts.ActsAsync(account)).Count(act => act == "account-locked")));
    }

    [Fact]
    public async Task A_change_elsewhere_does_not_undo_the_count_of_guesses()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync();
        var readBefore = await accounts.ReadAsync(account);
        await accounts.Users.AccessFailedAsync(account);

        TestAccounts.Succeeds(await accounts.Users.AddToRoleAsync(readBefore, AccountRoles.Auditor));

        Assert.Equal(1, (await accounts.ReadAsync(account)).FailedSignIns);
    }

    [Fact]
    public async Task Accounts_are_found_by_role_and_an_unknown_role_is_refused()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        await accounts.CreateAsync();
        var officer = await accounts.CreateAsync("officer@customs.example", AccountRoles.AeoOfficer);

        Assert.Equal(officer.Id, Assert.Single(await accounts.Users.GetUsersInRoleAsync("AEO-Officer")).Id);
        Assert.True(await accounts.Users.IsInRoleAsync(officer, "aeo-officer"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => accounts.Users.AddToRoleAsync(officer, "king"));
    }

    private static UserPasskeyInfo Passkey(byte id) => new([id], [2], DateTimeOffset.UnixEpoch, 0, ["usb", "nfc"], true, true, false, [3], [4]);
}
