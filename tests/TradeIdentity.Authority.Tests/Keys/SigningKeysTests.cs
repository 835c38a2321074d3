using System.Security.Cryptography;
using Dapper;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;
using TradeIdentity.Codecs.Cose;

namespace TradeIdentity.Authority.Tests.Keys;

public sealed class SigningKeysOnSqliteTests(SqliteLedger ledger) : SigningKeysTests(ledger), IClassFixture<SqliteLedger>;

public sealed class SigningKeysOnPostgreSqlTests(PostgreSqlLedger ledger) : SigningKeysTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class SigningKeysTests(LedgerFixture ledger)
{
    private static readonly KeysOptions Options = new() { IssuingKeyDays = 365, AnnounceDays = 14, OverlapDays = 400 };

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly KeyEncryptionKey _encryptionKey = TestKeys.NewEncryptionKey();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_start_makes_one_key_of_each_purpose_and_the_second_none()
    {
        var database = await ledger.NewAsync();

        var first = await EnsuredAsync(Keys(database));
        var second = await EnsuredAsync(Keys(database));

        Assert.Equal([KeyPurpose.Issuing, KeyPurpose.Anchor, KeyPurpose.OpenId], first.All.Select(key => key.Purpose).Order());
        Assert.Equal(first.All.Select(key => key.KidText), second.All.Select(key => key.KidText));
        Assert.Equal(3, first.All.Select(key => key.KidText).Distinct().Count());
        Assert.All(first.All, key => Assert.Equal(CoseKeyThumbprint.OfP256(key.PublicX.Span, key.PublicY.Span)[..8], key.Kid.ToArray()));
        Assert.Equal(3, await AuditedAsync(database, "signing-key-created"));
    }

    [Fact]
    public async Task Instances_that_start_at_once_make_each_key_once()
    {
        var database = await ledger.NewAsync();
        var instances = Enumerable.Range(0, 6).Select(_ => Keys(ledger.OpenAgain(database))).ToArray();

        var rings = await Task.WhenAll(instances.Select(keys => Task.Run(() => EnsuredAsync(keys), Cancellation)));

        Assert.All(rings, ring => Assert.Equal(3, ring.All.Count));
        Assert.Single(rings.Select(ring => string.Join(' ', ring.All.Select(key => key.KidText))).Distinct());
    }

    [Fact]
    public async Task A_key_signs_what_its_public_half_verifies_from_many_threads()
    {
        var keys = Keys(await ledger.NewAsync());
        await EnsuredAsync(keys);
        var key = await SignerAsync(keys, KeyPurpose.Issuing);
        Assert.True(P256VerificationKey.TryCreate(key.PublicX.Span, key.PublicY.Span, out var verification));
        using var publicKey = verification!;

        await Parallel.ForAsync(0, 200, Cancellation, (i, _) =>
        {
            var hash = SHA256.HashData(BitConverter.GetBytes(i));
            var signature = new byte[64];
            key.SignHash(hash, signature);
            Assert.True(publicKey.VerifyHash(hash, signature));
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task Only_a_key_of_openid_connect_leaves_the_store()
    {
        var keys = Keys(await ledger.NewAsync());
        await EnsuredAsync(keys);

        var openId = await SignerAsync(keys, KeyPurpose.OpenId);
        using var exported = openId.ToECDsa();
        Assert.Equal(openId.PublicX.ToArray(), exported.ExportParameters(false).Q.X);
        foreach (var purpose in new[] { KeyPurpose.Issuing, KeyPurpose.Anchor })
        {
            var key = await SignerAsync(keys, purpose);
            Assert.Throws<InvalidOperationException>(key.ToECDsa);
        }
    }

    [Fact]
    public async Task Another_encryption_key_is_refused_and_makes_nothing()
    {
        var database = await ledger.NewAsync();
        await EnsuredAsync(Keys(database));
        using var stranger = new SigningKeys(database, _time, TestKeys.NewEncryptionKey(), Options);
        var rotate = new RotateSigningKey(database, _time, TestKeys.NewEncryptionKey(), Options, stranger);

        Assert.Equal("key_encryption_key_wrong", Refused(await stranger.EnsureAsync(Cancellation)).Code);
        Assert.Equal("key_encryption_key_wrong", Refused(await stranger.SignerAsync(KeyPurpose.Issuing, _time.GetUtcNow(), Cancellation)).Code);
        Assert.Equal("key_encryption_key_wrong", Refused(await rotate.ExecuteAsync(KeyPurpose.Issuing, true, "officer", Cancellation)).Code);
        Assert.Equal(3, (await EnsuredAsync(Keys(database))).All.Count);
    }

    [Fact]
    public async Task A_stored_key_passed_off_for_another_purpose_is_refused()
    {
        var database = await ledger.NewAsync();
        await EnsuredAsync(Keys(database));
        await database.WriteAsync(tx => tx.ExecuteAsync("UPDATE signing_keys SET purpose = 'anchor' WHERE purpose = 'issuing'"), Cancellation);

        using var keys = Keys(database);
        Assert.Equal("key_encryption_key_wrong", Refused(await keys.ListAsync(Cancellation)).Code);
    }

    [Fact]
    public async Task A_stored_public_key_that_is_not_of_the_private_one_is_refused()
    {
        var database = await ledger.NewAsync();
        await EnsuredAsync(Keys(database));
        await database.WriteAsync(tx => tx.ExecuteAsync("UPDATE signing_keys SET public_x = public_y WHERE purpose = 'issuing'"), Cancellation);

        using var keys = Keys(database);
        Assert.Equal("public_key_mismatch", Refused(await keys.ListAsync(Cancellation)).Code);
    }

    [Fact]
    public async Task The_private_key_is_not_stored_in_the_clear()
    {
        var database = await ledger.NewAsync();
        await EnsuredAsync(Keys(database));
        var openId = await SignerAsync(Keys(database), KeyPurpose.OpenId);
        using var exported = openId.ToECDsa();

        var wrapped = await database.ReadAsync(
            db => db.QuerySingleAsync<byte[]>("SELECT wrapped_private_key FROM signing_keys WHERE purpose = 'openid'"), Cancellation);

        Assert.Equal(-1, wrapped.AsSpan().IndexOf(exported.ExportParameters(true).D));
    }

    [Fact]
    public async Task Without_a_key_the_signer_is_refused()
    {
        using var keys = Keys(await ledger.NewAsync());

        Assert.Equal("signing_key_missing", Refused(await keys.SignerAsync(KeyPurpose.Issuing, _time.GetUtcNow(), Cancellation)).Code);
    }

    [Fact]
    public async Task A_successor_is_announced_in_time_and_signs_without_a_gap()
    {
        var database = await ledger.NewAsync();
        var keys = Keys(database);
        await EnsuredAsync(keys);
        var first = await SignerAsync(keys, KeyPurpose.Issuing);

        _time.Advance(TimeSpan.FromDays(365 - 15));
        await EnsuredAsync(keys);
        Assert.Single((await EnsuredAsync(keys)).Published(KeyPurpose.Issuing, _time.GetUtcNow()));
        _time.Advance(TimeSpan.FromDays(1));
        var published = (await EnsuredAsync(keys)).Published(KeyPurpose.Issuing, _time.GetUtcNow()).ToArray();

        Assert.Equal(2, published.Length);
        Assert.Equal(first.SignsUntil, published[1].SignsFrom);
        Assert.Equal(first.KidText, (await SignerAsync(keys, KeyPurpose.Issuing)).KidText);
        _time.Advance(TimeSpan.FromDays(14));
        Assert.Equal(published[1].KidText, (await SignerAsync(keys, KeyPurpose.Issuing)).KidText);
        Assert.Equal(2, (await EnsuredAsync(keys)).Published(KeyPurpose.Issuing, _time.GetUtcNow()).Count());
    }

    [Fact]
    public async Task After_a_long_sleep_a_key_that_signs_now_is_made()
    {
        var keys = Keys(await ledger.NewAsync());
        await EnsuredAsync(keys);
        _time.Advance(TimeSpan.FromDays(1000));
        await EnsuredAsync(keys);

        Assert.Equal(_time.GetUtcNow(), (await SignerAsync(keys, KeyPurpose.Issuing)).SignsFrom);
    }

    [Fact]
    public async Task A_rotated_key_is_announced_first_and_the_old_one_verifies_for_the_overlap()
    {
        var database = await ledger.NewAsync();
        var keys = Keys(database);
        await EnsuredAsync(keys);
        var old = await SignerAsync(keys, KeyPurpose.Issuing);

        var next = Done(await Rotate(database, keys).ExecuteAsync(KeyPurpose.Issuing, immediately: false, "officer", Cancellation));

        var now = _time.GetUtcNow();
        Assert.Equal(now.AddDays(14), next.SignsFrom);
        Assert.Equal(old.KidText, (await SignerAsync(keys, KeyPurpose.Issuing)).KidText);
        var ring = Done(await keys.ListAsync(Cancellation));
        Assert.Equal([old.KidText, next.KidText], ring.Published(KeyPurpose.Issuing, now).Select(key => key.KidText));
        Assert.Equal(next.KidText, ring.Signer(KeyPurpose.Issuing, now.AddDays(14))!.KidText);
        Assert.Equal(old.KidText, ring.Signer(KeyPurpose.Issuing, now.AddDays(14).AddSeconds(-1))!.KidText);
        Assert.Contains(ring.Published(KeyPurpose.Issuing, now.AddDays(14 + 400).AddSeconds(-1)), key => key.KidText == old.KidText);
        Assert.DoesNotContain(ring.Published(KeyPurpose.Issuing, now.AddDays(14 + 400)), key => key.KidText == old.KidText);
        Assert.Equal(1, await AuditedAsync(database, "signing-key-rotated"));
        Assert.IsType<AuditVerification.Intact>(await AuditTrail.VerifyAsync(database, null, Cancellation));
    }

    [Fact]
    public async Task A_second_rotation_while_one_is_announced_is_refused_and_an_immediate_one_withdraws_it()
    {
        var database = await ledger.NewAsync();
        var keys = Keys(database);
        await EnsuredAsync(keys);
        var announced = Done(await Rotate(database, keys).ExecuteAsync(KeyPurpose.Issuing, immediately: false, "officer", Cancellation));

        var refusal = Refused(await Rotate(database, keys).ExecuteAsync(KeyPurpose.Issuing, immediately: false, "officer", Cancellation));
        var next = Done(await Rotate(database, keys).ExecuteAsync(KeyPurpose.Issuing, immediately: true, "officer", Cancellation));

        Assert.Equal("rotation_already_announced", refusal.Code);
        Assert.Equal(next.KidText, (await SignerAsync(keys, KeyPurpose.Issuing)).KidText);
        _time.Advance(TimeSpan.FromDays(20));
        Assert.Equal(next.KidText, (await SignerAsync(keys, KeyPurpose.Issuing)).KidText);
        Assert.DoesNotContain(Done(await keys.ListAsync(Cancellation)).All, key => key.KidText == announced.KidText && key.SignsFrom < key.SignsUntil);
    }

    [Fact]
    public async Task A_rotation_by_another_instance_is_noticed_within_half_a_minute()
    {
        var database = await ledger.NewAsync();
        var here = Keys(database);
        var elsewhere = Keys(ledger.OpenAgain(database));
        await EnsuredAsync(here);
        var old = await SignerAsync(here, KeyPurpose.Issuing);
        var next = Done(await Rotate(database, elsewhere).ExecuteAsync(KeyPurpose.Issuing, immediately: true, "officer", Cancellation));

        Assert.Equal(old.KidText, (await SignerAsync(here, KeyPurpose.Issuing)).KidText);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(next.KidText, (await SignerAsync(here, KeyPurpose.Issuing)).KidText);
    }

    private static T Done<T>(Outcome<T> outcome)
        where T : notnull => outcome.Match(value => value, refusal => throw new InvalidOperationException(refusal.Detail));

    private static Refusal Refused<T>(Outcome<T> outcome)
        where T : notnull => outcome.Match(value => throw new InvalidOperationException($"Not refused: {value}"), refusal => refusal);

    private static Task<long> AuditedAsync(Database database, string act) =>
        database.ReadAsync(db => db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM audit_entries WHERE act = @act", new { act }), Cancellation);

    private static async Task<KeyRing> EnsuredAsync(SigningKeys keys) => Done(await keys.EnsureAsync(Cancellation));

    private async Task<SigningKey> SignerAsync(SigningKeys keys, KeyPurpose purpose) =>
        Done(await keys.SignerAsync(purpose, _time.GetUtcNow(), Cancellation));

    private SigningKeys Keys(Database database) => new(database, _time, _encryptionKey, Options);

    private RotateSigningKey Rotate(Database database, SigningKeys keys) => new(database, _time, _encryptionKey, Options, keys);
}
