using System.Net;
using System.Net.Sockets;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

/// <summary>
/// Counts what may not be done without end, in fixed windows, in the database: all instances count together. Keys are stored
/// as keyed hashes, so that the table tells no address of a person or a network.
/// </summary>
public sealed class RateLimits(Database database, TimeProvider time, KeyEncryptionKey encryptionKey)
{
    private readonly SecretSeal _seal = new(encryptionKey, "rate limit");

    /// <summary>Takes one permit of each limit. 0 where all had one left; else the seconds until the last of them has again.</summary>
    public Task<int> TakeAsync(IReadOnlyList<(RateLimit Limit, string Key)> permits, CancellationToken cancellationToken) => database.WriteAsync(async tx =>
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var wait = 0L;
        foreach (var (limit, key) in permits)
        {
            var counter = await tx.QuerySingleOrDefaultAsync<CounterRow>(
                """
                INSERT INTO rate_limits (key_hash, taken, ends_at) VALUES (@KeyHash, 1, @EndsAt)
                ON CONFLICT (key_hash) DO UPDATE SET
                    taken = CASE WHEN rate_limits.ends_at <= @Now THEN 1 ELSE rate_limits.taken + 1 END,
                    ends_at = CASE WHEN rate_limits.ends_at <= @Now THEN excluded.ends_at ELSE rate_limits.ends_at END
                RETURNING taken AS Taken, ends_at AS EndsAt
                """,
                new { KeyHash = _seal.Hash(limit.Name, key), Now = now, EndsAt = now + (long)limit.Window.TotalSeconds });
            wait = Math.Max(wait, counter!.Taken > limit.Permits ? counter.EndsAt - now : 0);
        }

        return (int)wait;
    }, cancellationToken);

    /// <summary>Gives permits back: what went well is not counted.</summary>
    public Task ReturnAsync(IReadOnlyList<(RateLimit Limit, string Key)> permits, CancellationToken cancellationToken) => database.WriteAsync(async tx =>
    {
        foreach (var (limit, key) in permits)
        {
            await tx.ExecuteAsync("UPDATE rate_limits SET taken = taken - 1 WHERE key_hash = @KeyHash AND taken > 0", new { KeyHash = _seal.Hash(limit.Name, key) });
        }

        return true;
    }, cancellationToken);

    /// <summary>Forgets windows that are over.</summary>
    public Task<long> PruneAsync(CancellationToken cancellationToken) => PruneInBatches.ExecuteAsync(database,
        """
        DELETE FROM rate_limits WHERE key_hash IN (
            SELECT key_hash FROM rate_limits WHERE ends_at <= @Now ORDER BY ends_at LIMIT @BatchSize)
        """, new { Now = time.GetUtcNow().ToUnixTimeSeconds(), PruneInBatches.BatchSize }, cancellationToken);

    /// <summary>The key of a network address. One subscriber has a /64 of IPv6 (RFC 6177), and all its addresses are one.</summary>
    public static string KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, 8)) : plain.ToString();
    }

    private sealed record CounterRow(long Taken, long EndsAt);
}
