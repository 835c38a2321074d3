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
        var rows = await database.ReadAsync(
            async db => (await db.QueryAsync<Row>(new CommandDefinition(Select, new { Now = now.ToUnixTimeSeconds() }, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList(),
            cancellationToken).ConfigureAwait(false);
        if (IsMissing(rows, now, out _))
        {
            // Seconds of work on a slow machine: before the transaction, which holds the one writer of SQLite.
            using var made = RSA.Create(KeySize);
            rows = await database.WriteAsync(tx => MakeMissingAsync(tx, made, now), cancellationToken).ConfigureAwait(false);
        }

        var keys = new List<RsaSigningKey>(rows.Count);
        foreach (var row in rows)
        {
            if (!Open(row).TryGet(out var key, out var refusal))
            {
                return refusal;
            }

            keys.Add(key);
        }

        var signer = keys.LastOrDefault(key => key.SignsAt(now));
        RsaSigningKey[] published = [.. keys.OrderByDescending(key => key == signer).ThenByDescending(key => key.SignsFrom)];
        _known = published;
        return published;
    }

    private async Task<List<Row>> MakeMissingAsync(WriteTransaction tx, RSA made, DateTimeOffset now)
    {
        if (tx.Dialect == SqlDialect.PostgreSql)
        {
            await tx.ExecuteAsync("LOCK TABLE rsa_signing_keys IN SHARE ROW EXCLUSIVE MODE").ConfigureAwait(false);
        }

        var rows = await tx.QueryAsync<Row>(Select, new { Now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        // Another instance may have been first.
        if (IsMissing(rows, now, out var signsFrom))
        {
            var row = Wrap(made, now, signsFrom);
            await tx.ExecuteAsync(
                """
                INSERT INTO rsa_signing_keys (kid, public_key, wrapped_private_key, created_at, signs_from, signs_until, verifies_until)
                VALUES (@Kid, @PublicKey, @WrappedPrivateKey, @CreatedAt, @SignsFrom, @SignsUntil, @VerifiesUntil)
                """, row).ConfigureAwait(false);
            await AuditTrail.AppendAsync(tx, now, new AuditRecord(
                "system", SecurityEvents.SigningKeyCreated, $"key:{row.Kid}", $$"""{"purpose":"{{Purpose}}","signsFrom":{{row.SignsFrom}},"signsUntil":{{row.SignsUntil}}}""")).ConfigureAwait(false);
            rows.Add(row);
        }

        return rows;
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
            return known;
        }

        if (!PrivateKeyWrap.Unwrap(encryptionKey, Convert.FromHexString(row.Kid), Purpose, row.WrappedPrivateKey).TryGet(out var pkcs8, out var refusal))
        {
            return refusal;
        }

        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        CryptographicOperations.ZeroMemory(pkcs8);
        return rsa.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(row.PublicKey)
            ? new RsaSigningKey(
                row.Kid, rsa.ExportParameters(includePrivateParameters: true), DateTimeOffset.FromUnixTimeSeconds(row.SignsFrom),
                DateTimeOffset.FromUnixTimeSeconds(row.SignsUntil), DateTimeOffset.FromUnixTimeSeconds(row.VerifiesUntil))
            : new Refusal("public_key_mismatch", $"The stored public key of {row.Kid} is not that of its private key.");
    }

    private sealed record Row(string Kid, byte[] PublicKey, byte[] WrappedPrivateKey, long CreatedAt, long SignsFrom, long SignsUntil, long VerifiesUntil);
}
