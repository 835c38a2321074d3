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
            var counter = await AddAsync(tx, limit, key, 1, now);
            wait = Math.Max(wait, counter.Taken > limit.Permits ? Math.Min(counter.EndsAt - now, (long)limit.Window.TotalSeconds) : 0);
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

    /// <summary>Adds what an instance has let pass by itself.</summary>
    /// <returns>For each, in order, how many all instances have taken, and when the window ends in seconds since 1970.</returns>
    internal Task<IReadOnlyList<(long Taken, long EndsAt)>> AddAsync(
        IReadOnlyList<(RateLimit Limit, string Key, long Taken)> counts, CancellationToken cancellationToken) => database.WriteAsync<IReadOnlyList<(long, long)>>(async tx =>
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var together = new List<(long, long)>(counts.Count);
        foreach (var (limit, key, taken) in counts)
        {
            var counter = await AddAsync(tx, limit, key, taken, now);
            together.Add((counter.Taken, counter.EndsAt));
        }

        return together;
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

    // A window that ends later than any can was begun before the clock was set back: it begins anew. Twice its length, since
    // the clocks of instances differ.
    private async Task<CounterRow> AddAsync(WriteTransaction tx, RateLimit limit, string key, long taken, long now)
    {
        var window = (long)limit.Window.TotalSeconds;
        return (await tx.QuerySingleOrDefaultAsync<CounterRow>(
            """
            INSERT INTO rate_limits (key_hash, taken, ends_at) VALUES (@KeyHash, @Added, @EndsAt)
            ON CONFLICT (key_hash) DO UPDATE SET
                taken = CASE WHEN rate_limits.ends_at <= @Now OR rate_limits.ends_at > @Latest THEN @Added ELSE rate_limits.taken + @Added END,
                ends_at = CASE WHEN rate_limits.ends_at <= @Now OR rate_limits.ends_at > @Latest THEN excluded.ends_at ELSE rate_limits.ends_at END
            RETURNING taken AS Taken, ends_at AS EndsAt
            """,
            new { KeyHash = _seal.Hash(limit.Name, key), Added = taken, Now = now, Latest = now + (2 * window), EndsAt = now + window }))!;
    }

    private sealed record CounterRow(long Taken, long EndsAt);
}
