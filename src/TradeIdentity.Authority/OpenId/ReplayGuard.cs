using System.Security.Cryptography;
using System.Text;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Lets a one-time value pass once, on whichever instance it arrives: its digest is a row of the shared database until the
/// value could no longer be accepted anyway.
/// </summary>
public sealed class ReplayGuard(Database database, TimeProvider time)
{
    /// <param name="purpose">What the value is of, so that equal values of different kinds do not meet, e.g. <c>client_assertion</c>.</param>
    /// <param name="party">Whose value it is: it is one-time within that party.</param>
    /// <param name="value">The one-time value.</param>
    /// <param name="acceptableUntil">The last moment at which the value would be accepted, leeway included.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may have been noted.</param>
    /// <returns>False when the value has passed before.</returns>
    public async Task<bool> TryPassAsync(string purpose, string party, string value, DateTimeOffset acceptableUntil, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            "INSERT INTO replay_guard (key_hash, expires_at) VALUES (@KeyHash, @ExpiresAt) ON CONFLICT (key_hash) DO NOTHING",
            new { KeyHash = KeyHash(purpose, party, value), ExpiresAt = acceptableUntil.ToUnixTimeSeconds() + 1 }, cancellationToken) == 1;

    /// <summary>Forgets values that nothing accepts any more.</summary>
    public Task<long> PruneAsync(CancellationToken cancellationToken) =>
        PruneInBatches.ExecuteAsync(database,
            """
            DELETE FROM replay_guard WHERE key_hash IN (
                SELECT key_hash FROM replay_guard WHERE expires_at < @Now ORDER BY expires_at LIMIT @BatchSize)
            """, new { Now = time.GetUtcNow().ToUnixTimeSeconds(), PruneInBatches.BatchSize }, cancellationToken);

    // Each part with its length before it: no two triples give the same bytes.
    private static byte[] KeyHash(string purpose, string party, string value) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose.Length}:{purpose}{party.Length}:{party}{value.Length}:{value}"));
}
