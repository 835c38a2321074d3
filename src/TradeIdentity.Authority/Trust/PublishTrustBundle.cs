using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Trust;

/// <summary>
/// Gives the trust bundle of now: the published one while nothing has changed and it is fresh, else a new one, signed by
/// the trust anchor under the next sequence. Any instance may publish; all agree through the ledger.
/// </summary>
public sealed class PublishTrustBundle(
    Database database, SigningKeys keys, TimeProvider time, IOptions<IssuerOptions> issuer, IOptions<TrustOptions> trust)
{
    /// <summary>The current bundle, published now if need be.</summary>
    public async Task<Outcome<PublishedBundle>> ExecuteAsync(CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow().WholeSeconds();
        if (!(await keys.RingAsync(cancellationToken).ConfigureAwait(false)).TryGet(out var ring, out var refusal))
        {
            return refusal;
        }

        var current = await database.ReadAsync(
            async connection =>
            {
                var newest = await BundleStore.FindNewestAsync(connection).ConfigureAwait(false);
                var watermark = await BundleStore.WatermarkAsync(connection).ConfigureAwait(false);
                var frame = Frame(ring, at, await BundleStore.ListNumbersAsync(connection).ConfigureAwait(false));
                return IsCurrent(newest, watermark, frame, at) ? newest : null;
            },
            cancellationToken).ConfigureAwait(false);
        return current is not null
            ? current
            : await database.WriteAsync(tx => PublishAsync(tx, ring, at), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome<PublishedBundle>> PublishAsync(WriteTransaction tx, KeyRing ring, DateTimeOffset at)
    {
        if (tx.Dialect == SqlDialect.PostgreSql)
        {
            await tx.ExecuteAsync("LOCK TABLE trust_bundles IN EXCLUSIVE MODE").ConfigureAwait(false);
        }

        // The watermark before the statuses: a change that commits between is in the bundle and again in the next delta.
        var newest = await BundleStore.FindNewestAsync(tx.Connection, tx.Transaction).ConfigureAwait(false);
        var watermark = await BundleStore.WatermarkAsync(tx.Connection, tx.Transaction).ConfigureAwait(false);
        var statuses = await BundleStore.ReadStatusesAsync(tx.Connection, tx.Transaction).ConfigureAwait(false);
        var frame = Frame(ring, at, [.. statuses.Keys.Order()]);
        if (IsCurrent(newest, watermark, frame, at))
        {
            return newest!;
        }

        if (ring.Signer(KeyPurpose.Anchor, at) is not { } anchor)
        {
            return new Refusal("signing_key_missing", "No trust anchor signs at this time; a start of the server or 'tradeid keys rotate' makes one.");
        }

        // A clock that was set back must not make a bundle that looks older than the one before it.
        var issuedAt = newest is null || at > newest.IssuedAt ? at : newest.IssuedAt;
        var content = frame with
        {
            Sequence = (newest?.Sequence ?? 0) + 1,
            Issued = issuedAt,
            NextUpdate = issuedAt.AddHours(trust.Value.NextUpdateHours),
            StatusLists = [.. statuses.OrderBy(list => list.Key).Select(list => new StatusSnapshot
            {
                Issuer = issuer.Value.Code,
                List = list.Key,
                Uri = ListUri(list.Key),
                AsOf = issuedAt,
                Statuses = list.Value,
            })],
        };
        content = content with { Successions = await BundleStore.ReadSuccessionsAsync(tx, issuer.Value.Code, at).ConfigureAwait(false) };
        var message = anchor.SignMessage(BundleWriter.Type, BundleWriter.Write(content));
        var published = new PublishedBundle(content.Sequence, content.Issued, content.NextUpdate, watermark, Digest(frame), message);
        await BundleStore.InsertAsync(tx, published).ConfigureAwait(false);
        return published;
    }

    private bool IsCurrent(PublishedBundle? newest, long watermark, BundleContent frame, DateTimeOffset at) =>
        newest is not null
        && newest.StatusWatermark == watermark
        && at < newest.IssuedAt.AddMinutes(trust.Value.RefreshMinutes)
        && newest.FrameDigest.AsSpan().SequenceEqual(Digest(frame));

    // The bundle without its times, statuses and successions, one empty list for each that there is: a delta can lead from one bundle to the
    // next where this is the same. Successions explain and decide nothing, so a post that has deltas learns of them with its next bundle.
    private BundleContent Frame(KeyRing ring, DateTimeOffset at, IReadOnlyList<int> lists) => new()
    {
        Sequence = 0,
        Issued = DateTimeOffset.UnixEpoch,
        NextUpdate = DateTimeOffset.UnixEpoch,
        Algorithms = [CoseSign1.Es256],
        Issuers =
        [
            new Issuer
            {
                Code = issuer.Value.Code,
                Names = [.. issuer.Value.Names.OrderBy(name => name.Key != "en").ThenBy(name => name.Key, StringComparer.Ordinal)],
                EntityId = issuer.Value.BaseUrl,
                Keys = [.. ring.Published(KeyPurpose.Issuing, at).Select(key => new IssuerKey
                {
                    X = key.PublicX,
                    Y = key.PublicY,
                    SignsFrom = key.SignsFrom,
                    SignsUntil = key.SignsUntil,
                    CredentialTypes = [.. CredentialTypeCatalogue.Entries.Select(entry => entry.Code)],
                })],
            },
        ],
        CredentialTypes = CredentialTypeCatalogue.Entries,
        AeoComponents = ComponentEntries(),
        StatusLists = [.. lists.Select(list => new StatusSnapshot
        {
            Issuer = issuer.Value.Code,
            List = list,
            Uri = ListUri(list),
            AsOf = DateTimeOffset.UnixEpoch,
            Statuses = new(2, 1),
        })],
        AnnouncedAnchors = [.. ring.Published(KeyPurpose.Anchor, at).Where(key => key.SignsFrom > at).Select(AnchorOf)],
    };

    private static List<AeoComponentEntry> ComponentEntries() =>
        [.. ProgrammeCatalogue.Embedded.Programmes.SelectMany(programme => programme.Components.Select(component => new AeoComponentEntry
        {
            Code = component.QrCode,
            Programme = programme.Code,
            Component = component.Code,
            Names = [.. component.Names.OrderBy(name => name.Key, StringComparer.Ordinal)],
        })).OrderBy(entry => entry.Code)];

    private string ListUri(int list) => StatusListUri.Of(issuer.Value.BaseUrl, list);

    private static byte[] Digest(BundleContent frame) => SHA256.HashData(BundleWriter.Write(frame));

    /// <summary>A key of the anchor as posts pin it.</summary>
    internal static TrustAnchor AnchorOf(SigningKey key) =>
        TrustAnchor.TryCreate(key.PublicX.Span, key.PublicY.Span, out var anchor)
            ? anchor
            : throw new InvalidDataException("A stored anchor is not on P-256.");
}
