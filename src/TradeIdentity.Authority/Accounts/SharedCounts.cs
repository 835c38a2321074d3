using System.Collections.Concurrent;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Authority.Accounts;

/// <summary>
/// Limits of what comes too often for a database command each: counted in memory, and added to the counts of
/// <see cref="RateLimits"/> every second. What all instances let pass beyond a limit is what comes within that second, and a
/// sixty-fourth of the limit that each keeps to itself: who is far below it costs the database nothing.
/// </summary>
public sealed class SharedCounts(RateLimits limits, TimeProvider time)
{
    /// <summary>How often <see cref="ShareAsync"/> is to be called.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Some 20 MB. Keys beyond it, which only a flood of addresses brings, share <see cref="Overflow"/> counters.</summary>
    public const int MostKeys = 100_000;

    private const int Overflow = 1024;
    private const int KeptShare = 64;
    private const int LongestKey = 200;

    private readonly ConcurrentDictionary<(string Limit, string Key), Counter> _counters = new();
    private int _keys;

    /// <summary>How many keys are counted at present.</summary>
    public int Keys => _counters.Count;

    /// <summary>Takes a permit. 0 where one was left, else the seconds until there is.</summary>
    public int Take(RateLimit limit, string key) => CounterOf(limit, key).Take(Now, 1);

    /// <summary>Counts what was not asked for before: a failure is known at the end.</summary>
    public void Count(RateLimit limit, string key) => CounterOf(limit, key).Take(Now, 1);

    /// <summary>What <see cref="Take"/> would answer, without taking.</summary>
    public int WaitFor(RateLimit limit, string key) => _counters.TryGetValue(NameOf(limit, key), out var counter) ? counter.Take(Now, 0) : 0;

    /// <summary>Adds what this instance has counted to the counts of all, learns theirs, and forgets windows that are over.</summary>
    public async Task ShareAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        var own = new List<(Counter Counter, string Key, long Taken)>();
        foreach (var (key, counter) in _counters)
        {
            if (counter.IsOver(now))
            {
                // A count that comes between is lost, and with it one permit of a new window.
                if (_counters.TryRemove(key, out _))
                {
                    Interlocked.Decrement(ref _keys);
                }
            }
            else if (!counter.Limit.IsOfEachInstance && counter.Unshared is var taken && taken > counter.Limit.Permits / KeptShare)
            {
                own.Add((counter, key.Key, taken));
            }
        }

        foreach (var batch in own.Chunk(PruneInBatches.BatchSize))
        {
            var together = await limits.AddAsync([.. batch.Select(one => (one.Counter.Limit, one.Key, one.Taken))], cancellationToken);
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i].Counter.Learn(together[i].Taken, together[i].EndsAt, batch[i].Taken);
            }
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    private Counter CounterOf(RateLimit limit, string key)
    {
        var name = NameOf(limit, key);
        if (_counters.TryGetValue(name, out var counter))
        {
            return counter;
        }

        var added = new Counter(limit);
        counter = _counters.GetOrAdd(name, added);
        if (ReferenceEquals(counter, added))
        {
            Interlocked.Increment(ref _keys);
        }

        return counter;
    }

    private (string Limit, string Key) NameOf(RateLimit limit, string key)
    {
        // What a stranger made up to be long is cut: it is counted with its like.
        var name = (limit.Name, key.Length <= LongestKey ? key : key[..LongestKey]);
        return Volatile.Read(ref _keys) < MostKeys || _counters.ContainsKey(name)
            ? name
            : (limit.Name, $"overflow {(uint)string.GetHashCode(name.Item2, StringComparison.Ordinal) % Overflow}");
    }

    private sealed class Counter(RateLimit limit)
    {
        private readonly Lock _lock = new();
        private readonly long _window = (long)limit.Window.TotalSeconds;
        private long _endsAt;
        private long _shared;
        private long _unshared;

        public RateLimit Limit => limit;

        public long Unshared
        {
            get
            {
                lock (_lock)
                {
                    return _unshared;
                }
            }
        }

        public bool IsOver(long now)
        {
            lock (_lock)
            {
                return IsOverAt(now);
            }
        }

        public int Take(long now, int permits)
        {
            lock (_lock)
            {
                if (IsOverAt(now))
                {
                    (_endsAt, _shared, _unshared) = (now + _window, 0, 0);
                }

                if (_shared + _unshared >= limit.Permits)
                {
                    return (int)Math.Min(_endsAt - now, _window);
                }

                _unshared += permits;
                return 0;
            }
        }

        public void Learn(long shared, long endsAt, long told)
        {
            lock (_lock)
            {
                (_shared, _endsAt, _unshared) = (shared, endsAt, Math.Max(0, _unshared - told));
            }
        }

        // The second half as in RateLimits: the clock was set back.
        private bool IsOverAt(long now) => _endsAt <= now || _endsAt > now + (2 * _window);
    }
}
