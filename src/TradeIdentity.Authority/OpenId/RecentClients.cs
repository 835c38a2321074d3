using System.Collections.Concurrent;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Clients as they were read a moment ago. A busy client asks thousands of times a second, and its registration changes a few times a
/// year: what another instance changes counts here after a second at most, what this one changes at once.
/// </summary>
internal sealed class RecentClients(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);

    // Only clients that exist are kept, so that nobody fills this with names; past it everything is read anew.
    private const int Most = 4096;

    private readonly ConcurrentDictionary<string, (OpenIdApplication Client, long ReadAt)> _clients = new(StringComparer.Ordinal);
    private long _changes;

    /// <summary>How often something was changed here: a reading that began before a change must not be kept after it.</summary>
    internal long Changes => Interlocked.Read(ref _changes);

    /// <summary>A copy, which the engine may change.</summary>
    internal OpenIdApplication? Find(string clientId) =>
        _clients.TryGetValue(clientId, out var entry) && time.GetElapsedTime(entry.ReadAt) < Kept ? entry.Client.Copy() : null;

    /// <param name="client">As it was read.</param>
    /// <param name="readAt">Timestamp of before it was read.</param>
    /// <param name="changes">What <see cref="Changes"/> was then.</param>
    internal void Keep(OpenIdApplication client, long readAt, long changes)
    {
        if (_clients.Count >= Most)
        {
            _clients.Clear();
        }

        _clients[client.ClientId!] = (client.Copy(), readAt);
        if (Changes != changes)
        {
            _clients.TryRemove(client.ClientId!, out _);
        }
    }

    /// <summary>A client was changed here.</summary>
    internal void Forget()
    {
        Interlocked.Increment(ref _changes);
        _clients.Clear();
    }
}
