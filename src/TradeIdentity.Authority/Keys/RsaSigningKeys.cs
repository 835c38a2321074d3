using System.Security.Cryptography;
using Dapper;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Keys;

/// <summary>
/// RSA keys of OpenID Connect: kept, announced and retired like the others, in a table of their own, since ES256 is what the
/// authority signs with wherever it may choose.
/// </summary>
public sealed class RsaSigningKeys(Database database, TimeProvider time, KeyEncryptionKey encryptionKey)
{
    // NIST SP 800-57 part 1: 128 bits of security, as P-256 has.
    private const int KeySize = 3072;

    private const string Purpose = "openid-rsa";

    private const string Select =
        """
        SELECT kid AS Kid, public_key AS PublicKey, wrapped_private_key AS WrappedPrivateKey, created_at AS CreatedAt, signs_from AS SignsFrom,
               signs_until AS SignsUntil, verifies_until AS VerifiesUntil
        FROM rsa_signing_keys
        WHERE verifies_until > @Now
        ORDER BY signs_from, kid
        """;

    private static readonly KeySchedule Schedule = KeySchedule.Of(KeyPurpose.OpenId, new KeysOptions());

    private volatile IReadOnlyList<RsaSigningKey> _known = [];

    /// <summary>
    /// The keys to publish, the one that signs first. Makes the first one, and a successor as soon as it has to be announced;
    /// of several instances one does. Refused where the stored keys cannot be opened.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<RsaSigningKey>>> EnsureAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await ReadAsync(now, cancellationToken).ConfigureAwait(false);
        if (IsMissing(rows, now, out _))
        {
            // Seconds of work on a slow machine: before the transaction, which holds the one writer of SQLite.
            using var made = RSA.Create(KeySize);
            rows = await database.WriteAsync(tx => MakeMissingAsync(tx, made, now), cancellationToken).ConfigureAwait(false);
        }

        if (!OpenAll(rows).TryGet(out var keys, out var refusal))
        {
            return refusal;
        }

        var signer = keys.LastOrDefault(key => key.SignsAt(now));
        RsaSigningKey[] published = [.. keys.OrderByDescending(key => key == signer).ThenByDescending(key => key.SignsFrom)];
        _known = published;
        return published;
    }

    /// <summary>All keys that are published, as they are stored now; makes none.</summary>
    public async Task<Outcome<IReadOnlyList<RsaSigningKey>>> ListAsync(CancellationToken cancellationToken) =>
        OpenAll(await ReadAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Makes a new key, as <see cref="RotateSigningKey"/> does: it is published at once, and signs when clients have had time to
    /// learn it, or <paramref name="immediately"/>; then one that was announced never signs. Answers the new key's id.
    /// </summary>
    public async Task<Outcome<string>> RotateAsync(bool immediately, string actor, CancellationToken cancellationToken)
    {
        // A wrong encryption key must not add a key that this configuration alone can open.
        if (!(await ListAsync(cancellationToken).ConfigureAwait(false)).TryGet(out _, out var refusal))
        {
            return refusal;
        }

        using var made = RSA.Create(KeySize);
        return await database.WriteAsync(tx => RotateAsync(tx, made, immediately, actor), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome<string>> RotateAsync(WriteTransaction tx, RSA made, bool immediately, string actor)
    {
        var now = time.GetUtcNow();
        var rows = await LockAsync(tx, now).ConfigureAwait(false);
        var at = now.ToUnixTimeSeconds();
        if (!immediately && rows.Find(row => row.SignsFrom > at && row.SignsFrom < row.SignsUntil) is { } announced)
        {
            return new Refusal("rotation_already_announced", $"Key {announced.Kid} is announced already and signs from {DateTimeOffset.FromUnixTimeSeconds(announced.SignsFrom):u}.");
        }

        var covered = rows.Where(row => row.SignsFrom <= at && at < row.SignsUntil).Select(row => row.SignsUntil).Append(at).Max();
        var signsFrom = immediately ? at : Math.Min((now + Schedule.Announced).ToUnixTimeSeconds(), covered);
        await tx.ExecuteAsync(
            """
            UPDATE rsa_signing_keys
            SET signs_until = @End, verifies_until = @VerifiesUntil, signs_from = CASE WHEN signs_from > @End THEN @End ELSE signs_from END
            WHERE signs_until > @End
            """, new { End = signsFrom, VerifiesUntil = signsFrom + (long)Schedule.Overlap.TotalSeconds }).ConfigureAwait(false);
        var row = await InsertAsync(tx, made, now, DateTimeOffset.FromUnixTimeSeconds(signsFrom)).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, Audit(actor, SecurityEvents.SigningKeyRotated, row, $",\"immediately\":{(immediately ? "true" : "false")}")).ConfigureAwait(false);
        return row.Kid;
    }

    private static async Task<List<Row>> LockAsync(WriteTransaction tx, DateTimeOffset now)
    {
        // SQLite has one writer at a time anyway.
        if (tx.Dialect == SqlDialect.PostgreSql)
        {
            await tx.ExecuteAsync("LOCK TABLE rsa_signing_keys IN SHARE ROW EXCLUSIVE MODE").ConfigureAwait(false);
        }

        return await tx.QueryAsync<Row>(Select, new { Now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
    }

    private async Task<Row> InsertAsync(WriteTransaction tx, RSA made, DateTimeOffset now, DateTimeOffset signsFrom)
    {
        var row = Wrap(made, now, signsFrom);
        await tx.ExecuteAsync(
            """
            INSERT INTO rsa_signing_keys (kid, public_key, wrapped_private_key, created_at, signs_from, signs_until, verifies_until)
            VALUES (@Kid, @PublicKey, @WrappedPrivateKey, @CreatedAt, @SignsFrom, @SignsUntil, @VerifiesUntil)
            """, row).ConfigureAwait(false);
        return row;
    }

    private static AuditRecord Audit(string actor, string act, Row row, string more) => new(
        actor, act, $"key:{row.Kid}", $$"""{"purpose":"{{Purpose}}","signsFrom":{{row.SignsFrom}},"signsUntil":{{row.SignsUntil}}{{more}}}""");

    private async Task<List<Row>> MakeMissingAsync(WriteTransaction tx, RSA made, DateTimeOffset now)
    {
        var rows = await LockAsync(tx, now).ConfigureAwait(false);
        // Another instance may have been first.
        if (IsMissing(rows, now, out var signsFrom))
        {
            var row = await InsertAsync(tx, made, now, signsFrom).ConfigureAwait(false);
            await AuditTrail.AppendAsync(tx, now, Audit("system", SecurityEvents.SigningKeyCreated, row, "")).ConfigureAwait(false);
            rows.Add(row);
        }

        return rows;
    }

    private async Task<List<Row>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken) => await database.ReadAsync(
        async db => (await db.QueryAsync<Row>(new CommandDefinition(Select, new { Now = now.ToUnixTimeSeconds() }, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList(),
        cancellationToken).ConfigureAwait(false);

    private Outcome<IReadOnlyList<RsaSigningKey>> OpenAll(List<Row> rows)
    {
        var keys = new List<RsaSigningKey>(rows.Count);
        foreach (var row in rows)
        {
            if (!Open(row).TryGet(out var key, out var refusal))
            {
                return refusal;
            }

            keys.Add(key);
        }

        return keys;
    }

    private static bool IsMissing(List<Row> rows, DateTimeOffset now, out DateTimeOffset signsFrom)
    {
        signsFrom = rows.Select(row => DateTimeOffset.FromUnixTimeSeconds(row.SignsUntil)).Append(now).Max();
        return signsFrom <= now + Schedule.Announced;
    }

    private Row Wrap(RSA made, DateTimeOffset now, DateTimeOffset signsFrom)
    {
        var publicKey = made.ExportSubjectPublicKeyInfo();
        var kid = SHA256.HashData(publicKey).AsSpan(0, SigningKey.KidLength);
        var pkcs8 = made.ExportPkcs8PrivateKey();
        var signsUntil = signsFrom + Schedule.Signs;
        var row = new Row(
            Convert.ToHexStringLower(kid), publicKey, PrivateKeyWrap.Wrap(encryptionKey, kid, Purpose, pkcs8), now.ToUnixTimeSeconds(),
            signsFrom.ToUnixTimeSeconds(), signsUntil.ToUnixTimeSeconds(), (signsUntil + Schedule.Overlap).ToUnixTimeSeconds());
        CryptographicOperations.ZeroMemory(pkcs8);
        return row;
    }

    private Outcome<RsaSigningKey> Open(Row row)
    {
        if (_known.FirstOrDefault(key => key.KidText == row.Kid) is { } known)
        {
            // Opened before; a rotation changes its times.
            return KeyOf(row, known.ToParameters());
        }

        if (!PrivateKeyWrap.Unwrap(encryptionKey, Convert.FromHexString(row.Kid), Purpose, row.WrappedPrivateKey).TryGet(out var pkcs8, out var refusal))
        {
            return refusal;
        }

        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        CryptographicOperations.ZeroMemory(pkcs8);
        return rsa.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(row.PublicKey)
            ? KeyOf(row, rsa.ExportParameters(includePrivateParameters: true))
            : new Refusal("public_key_mismatch", $"The stored public key of {row.Kid} is not that of its private key.");
    }

    private static RsaSigningKey KeyOf(Row row, RSAParameters parameters) => new(
        row.Kid,
        parameters,
        DateTimeOffset.FromUnixTimeSeconds(row.CreatedAt),
        DateTimeOffset.FromUnixTimeSeconds(row.SignsFrom),
        DateTimeOffset.FromUnixTimeSeconds(row.SignsUntil),
        DateTimeOffset.FromUnixTimeSeconds(row.VerifiesUntil));

    private sealed record Row(string Kid, byte[] PublicKey, byte[] WrappedPrivateKey, long CreatedAt, long SignsFrom, long SignsUntil, long VerifiesUntil);
}
