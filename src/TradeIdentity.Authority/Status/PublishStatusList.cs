using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Trust;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.StatusLists;

namespace TradeIdentity.Authority.Status;

/// <summary>
/// Publishes the standard Token Status Lists, for verifiers that know no trust bundle. A list is signed anew when a status
/// changed or it has aged, and kept in memory until then.
/// </summary>
public sealed class PublishStatusList(
    Database database, SigningKeys keys, TimeProvider time, IOptions<IssuerOptions> issuer, IOptions<TrustOptions> trust)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, PublishedStatusList> _published = [];

    /// <summary>The list <paramref name="list"/>, in both forms.</summary>
    public async Task<Outcome<PublishedStatusList>> ExecuteAsync(int list, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var watermark = await database.ReadAsync(connection => BundleStore.WatermarkAsync(connection), cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            if (_published.TryGetValue(list, out var kept) && kept.Watermark == watermark && now < kept.IssuedAt.AddMinutes(trust.Value.RefreshMinutes))
            {
                return kept;
            }
        }

        var statuses = await database.ReadAsync(connection => BundleStore.ReadStatusesAsync(connection, null, list), cancellationToken).ConfigureAwait(false);
        if (!statuses.TryGetValue(list, out var bitmap))
        {
            return new Refusal("status_list_unknown", "There is no status list with this number.");
        }

        if (!(await keys.SignerAsync(KeyPurpose.Issuing, now, cancellationToken).ConfigureAwait(false)).TryGet(out var key, out var refusal))
        {
            return refusal;
        }

        var published = Sign(list, bitmap, key, now.WholeSeconds(), watermark);
        lock (_lock)
        {
            _published[list] = published;
        }

        return published;
    }

    /// <summary>The addresses of all lists (Token Status List §9).</summary>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection => (await BundleStore.ListNumbersAsync(connection).ConfigureAwait(false)).ConvertAll(list => StatusListUri.Of(issuer.Value.BaseUrl, list)),
            cancellationToken);

    private PublishedStatusList Sign(int list, StatusListBitmap statuses, SigningKey key, DateTimeOffset at, long watermark)
    {
        var token = new StatusListToken
        {
            Subject = StatusListUri.Of(issuer.Value.BaseUrl, list),
            IssuedAt = at,
            ExpiresAt = at.AddHours(trust.Value.NextUpdateHours),
            TimeToLive = TimeSpan.FromMinutes(trust.Value.RefreshMinutes),
            Statuses = statuses,
            AggregationUri = StatusListUri.Aggregation(issuer.Value.BaseUrl),
        };
        var signer = new StatusListSigner
        {
            KeyId = key.KidText,
            SignHash = hash =>
            {
                var signature = new byte[CoseSign1.SignatureLength];
                key.SignHash(hash, signature);
                return signature;
            },
        };
        return new PublishedStatusList(at, watermark, StatusListJwt.Encode(token, signer), StatusListCwt.Encode(token, signer));
    }
}
