using System.Security.Cryptography;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Keys;

/// <summary>A row of <c>signing_keys</c>, and the SQL that the acts on keys share.</summary>
internal sealed record KeyRow(
    string Kid,
    string Purpose,
    byte[] PublicX,
    byte[] PublicY,
    byte[] WrappedPrivateKey,
    long CreatedAt,
    long SignsFrom,
    long SignsUntil,
    long VerifiesUntil)
{
    public const string Select =
        """
        SELECT kid AS Kid, purpose AS Purpose, public_x AS PublicX, public_y AS PublicY, wrapped_private_key AS WrappedPrivateKey,
               created_at AS CreatedAt, signs_from AS SignsFrom, signs_until AS SignsUntil, verifies_until AS VerifiesUntil
        FROM signing_keys
        ORDER BY signs_from, kid
        """;

    /// <summary>Reads all keys, and keeps other instances from adding one until the act ends.</summary>
    public static async Task<List<KeyRow>> LockAsync(WriteTransaction tx)
    {
        // SQLite has one writer at a time anyway.
        if (tx.Dialect == SqlDialect.PostgreSql)
        {
            await tx.ExecuteAsync("LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE").ConfigureAwait(false);
        }

        return await tx.QueryAsync<KeyRow>(Select).ConfigureAwait(false);
    }

    /// <summary>Makes a key that signs from the given time for as long as its schedule says, and stores it wrapped.</summary>
    public static async Task<SigningKey> CreateAsync(
        WriteTransaction tx, KeyEncryptionKey encryptionKey, KeyPurpose purpose, KeySchedule schedule, DateTimeOffset now, DateTimeOffset signsFrom)
    {
        var signsUntil = signsFrom + schedule.Signs;
        var key = new SigningKey(purpose, P256Signer.Create(), now, signsFrom, signsUntil, signsUntil + schedule.Overlap);
        var pkcs8 = key.Signer.ToPkcs8();
        var row = new KeyRow(
            key.KidText,
            purpose.ToText(),
            key.PublicX.ToArray(),
            key.PublicY.ToArray(),
            PrivateKeyWrap.Wrap(encryptionKey, key.Kid.Span, purpose, pkcs8),
            key.CreatedAt.ToUnixTimeSeconds(),
            key.SignsFrom.ToUnixTimeSeconds(),
            key.SignsUntil.ToUnixTimeSeconds(),
            key.VerifiesUntil.ToUnixTimeSeconds());
        CryptographicOperations.ZeroMemory(pkcs8);
        await tx.ExecuteAsync(
            """
            INSERT INTO signing_keys (kid, purpose, algorithm, public_x, public_y, wrapped_private_key, created_at, signs_from, signs_until, verifies_until)
            VALUES (@Kid, @Purpose, 'ES256', @PublicX, @PublicY, @WrappedPrivateKey, @CreatedAt, @SignsFrom, @SignsUntil, @VerifiesUntil)
            """,
            row).ConfigureAwait(false);
        return key;
    }
}
