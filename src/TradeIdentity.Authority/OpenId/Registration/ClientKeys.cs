using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Authority.Outbound;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>
/// The public keys of a client, also where it publishes them at its <c>jwks_uri</c>: read again after an hour, and at a key
/// that is not known, but at most once a minute, whoever asks for it how often. Where the address does not answer, keys that
/// were read within a day still count.
/// </summary>
public sealed class ClientKeys(PublicHttp http, TimeProvider time)
{
    // What one instance remembers; a registration needs an initial access token, so this is far away.
    private const int MostAddresses = 1000;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestUse = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<Uri, Published> _published = new();

    /// <param name="application">As the engine's application manager gives it.</param>
    /// <param name="kid">The key that is looked for; null where any will do.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask<JsonWebKeySet?> OfAsync(object application, string? kid, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(application);
        if (((OpenIdApplication)application).JsonWebKeySet is { } json)
        {
            return JsonWebKeySet.Create(json);
        }

        return ClientMetadata.Of(application).JwksUri is { } address ? await ReadAsync(address, kid, cancellationToken) : null;
    }

    private async ValueTask<JsonWebKeySet?> ReadAsync(Uri address, string? kid, CancellationToken cancellationToken)
    {
        if (_published.Count >= MostAddresses)
        {
            _published.Clear();
        }

        var published = _published.GetOrAdd(address, _ => new Published());
        if (published.Answer(time.GetUtcNow(), kid) is not { } answer)
        {
            await published.Turn.WaitAsync(cancellationToken);
            try
            {
                answer = published.Answer(time.GetUtcNow(), kid) ?? await FetchAsync(address, published, cancellationToken);
            }
            finally
            {
                published.Turn.Release();
            }
        }

        return answer.Keys;
    }

    private async Task<Found> FetchAsync(Uri address, Published published, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var keys = (await http.GetAsync(address, cancellationToken)).Match(body => ClientKeySet.ReadPublished(body.Span), _ => null);
        published.Tried(now, keys);
        return published.Usable(now);
    }

    private sealed record Found(JsonWebKeySet? Keys);

    private sealed record State(JsonWebKeySet? Keys, DateTimeOffset ReadAt, DateTimeOffset TriedAt);

    private sealed class Published
    {
        private State _state = new(null, DateTimeOffset.MinValue, DateTimeOffset.MinValue);

        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>Null: it has to be read.</summary>
        public Found? Answer(DateTimeOffset now, string? kid)
        {
            var state = Volatile.Read(ref _state);
            return state.Keys is { } keys && state.ReadAt > now - Fresh && (kid is null || keys.Keys.Any(key => key.Kid == kid)) || state.TriedAt > now - BetweenTries
                ? Usable(now)
                : null;
        }

        public Found Usable(DateTimeOffset now)
        {
            var state = Volatile.Read(ref _state);
            return new Found(state.ReadAt > now - LongestUse ? state.Keys : null);
        }

        public void Tried(DateTimeOffset now, JsonWebKeySet? keys) =>
            Volatile.Write(ref _state, keys is null ? _state with { TriedAt = now } : new State(keys, now, now));
    }
}
