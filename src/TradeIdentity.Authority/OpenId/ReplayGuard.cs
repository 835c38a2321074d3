using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Lets a one-time value pass once, on whichever instance it arrives: its digest is a row of the shared database until the
/// value could no longer be accepted anyway. Values that arrive while a command is under way go together in the next one.
/// </summary>
public sealed class ReplayGuard(Database database, TimeProvider time) : IDisposable
{
    private const int MostTogether = 256;

    private const string OnSqlite =
        """
        INSERT INTO replay_guard (key_hash, expires_at)
        SELECT unhex(value ->> 'k'), value ->> 'e' FROM json_each(@Values) WHERE true
        ON CONFLICT (key_hash) DO NOTHING RETURNING lower(hex(key_hash))
        """;

    private const string OnPostgreSql =
        """
        INSERT INTO replay_guard (key_hash, expires_at)
        SELECT decode(value ->> 'k', 'hex'), (value ->> 'e')::bigint FROM json_array_elements(@Values::json)
        ON CONFLICT (key_hash) DO NOTHING RETURNING encode(key_hash, 'hex')
        """;

    private readonly ConcurrentQueue<Arrival> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="purpose">What the value is of, so that equal values of different kinds do not meet, e.g. <c>client_assertion</c>.</param>
    /// <param name="party">Whose value it is: it is one-time within that party.</param>
    /// <param name="value">The one-time value.</param>
    /// <param name="acceptableUntil">The last moment at which the value would be accepted, leeway included.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may have been noted.</param>
    /// <returns>False when the value has passed before.</returns>
    public async Task<bool> TryPassAsync(string purpose, string party, string value, DateTimeOffset acceptableUntil, CancellationToken cancellationToken)
    {
        var arrival = new Arrival(KeyHash(purpose, party, value), acceptableUntil.ToUnixTimeSeconds() + 1);
        _waiting.Enqueue(arrival);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Whose turn it is takes along who waits; who was taken along finds it done.
            while (!arrival.HasPassed.Task.IsCompleted)
            {
                await PassAsync(TakeWaiting()).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }

        return await arrival.HasPassed.Task.ConfigureAwait(false);
    }

    /// <summary>Forgets values that nothing accepts any more.</summary>
    public Task<long> PruneAsync(CancellationToken cancellationToken) =>
        PruneInBatches.ExecuteAsync(database,
            """
            DELETE FROM replay_guard WHERE key_hash IN (
                SELECT key_hash FROM replay_guard WHERE expires_at < @Now ORDER BY expires_at LIMIT @BatchSize)
            """, new { Now = time.GetUtcNow().ToUnixTimeSeconds(), PruneInBatches.BatchSize }, cancellationToken);

    public void Dispose() => _turn.Dispose();

    private List<Arrival> TakeWaiting()
    {
        var taken = new List<Arrival>();
        while (taken.Count < MostTogether && _waiting.TryDequeue(out var arrival))
        {
            taken.Add(arrival);
        }

        return taken;
    }

    // Not cancellable: the values of others are among them.
    private async Task PassAsync(List<Arrival> together)
    {
        try
        {
            var passed = together.Count == 1 ? await PassAloneAsync(together[0]).ConfigureAwait(false) : await PassTogetherAsync(together).ConfigureAwait(false);
            foreach (var arrival in together)
            {
                // Of equal values in one command the first has passed.
                arrival.HasPassed.SetResult(passed.Remove(arrival.Key));
            }
        }
        catch (Exception failure) when (together.TrueForAll(arrival => !arrival.HasPassed.Task.IsCompleted))
        {
            together.ForEach(arrival => arrival.HasPassed.SetException(failure));
        }
    }

    // The one round trip of a quiet server.
    private async Task<HashSet<string>> PassAloneAsync(Arrival arrival) =>
        await database.ExecuteAsync(
            "INSERT INTO replay_guard (key_hash, expires_at) VALUES (@KeyHash, @ExpiresAt) ON CONFLICT (key_hash) DO NOTHING",
            new { arrival.KeyHash, arrival.ExpiresAt }, CancellationToken.None).ConfigureAwait(false) == 1 ? [arrival.Key] : [];

    private Task<HashSet<string>> PassTogetherAsync(List<Arrival> together)
    {
        // In one order for all instances, so that none waits for another in a circle.
        Value[] values = [.. together.Select(arrival => new Value(arrival.Key, arrival.ExpiresAt)).OrderBy(value => value.Key, StringComparer.Ordinal)];
        var parameters = new { Values = JsonSerializer.Serialize(values, ReplayGuardJson.Default.ValueArray) };
        return database.WriteAsync(
            async tx => (await tx.QueryAsync<string>(tx.Dialect == SqlDialect.Sqlite ? OnSqlite : OnPostgreSql, parameters).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal),
            CancellationToken.None);
    }

    // Each part with its length before it: no two triples give the same bytes.
    private static byte[] KeyHash(string purpose, string party, string value) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose.Length}:{purpose}{party.Length}:{party}{value.Length}:{value}"));

    private sealed record Arrival(byte[] KeyHash, long ExpiresAt)
    {
        public string Key { get; } = Convert.ToHexStringLower(KeyHash);

        public TaskCompletionSource<bool> HasPassed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    internal sealed record Value([property: JsonPropertyName("k")] string Key, [property: JsonPropertyName("e")] long ExpiresAt);
}

[JsonSerializable(typeof(ReplayGuard.Value[]))]
internal sealed partial class ReplayGuardJson : JsonSerializerContext;
