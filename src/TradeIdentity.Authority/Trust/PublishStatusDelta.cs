using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Trust;

/// <summary>Gives the signed delta that brings a post from the bundle it has to the current one.</summary>
public sealed class PublishStatusDelta(Database database, PublishTrustBundle bundles, SigningKeys keys, IOptions<IssuerOptions> issuer)
{
    /// <param name="fromSequence">Sequence of the bundle that the post has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The signed delta, and the sequence that it leads to. Refused as <c>delta_unavailable</c> where statuses are not all
    /// that changed since, or that bundle is not known; as <c>delta_empty</c> where the post has the current one.
    /// </returns>
    public async Task<Outcome<PublishedDelta>> ExecuteAsync(long fromSequence, CancellationToken cancellationToken)
    {
        if (!(await bundles.ExecuteAsync(cancellationToken).ConfigureAwait(false)).TryGet(out var current, out var refusal))
        {
            return refusal;
        }

        if (fromSequence == current.Sequence)
        {
            return new Refusal("delta_empty", "The bundle is the current one.");
        }

        var from = await database.ReadAsync(connection => BundleStore.FindAsync(connection, fromSequence), cancellationToken).ConfigureAwait(false);
        if (from is null || from.Sequence > current.Sequence || !from.FrameDigest.AsSpan().SequenceEqual(current.FrameDigest))
        {
            return new Refusal("delta_unavailable", "More than statuses changed since that bundle: fetch the whole bundle.");
        }

        // Signed by the anchor that signed the bundle: the one that signed at its time.
        if (!(await keys.SignerAsync(KeyPurpose.Anchor, current.IssuedAt, cancellationToken).ConfigureAwait(false)).TryGet(out var anchor, out refusal))
        {
            return refusal;
        }

        var changes = await database.ReadAsync(
            connection => BundleStore.ReadChangesAsync(connection, from.StatusWatermark, current.StatusWatermark), cancellationToken).ConfigureAwait(false);
        var delta = new StatusDelta
        {
            FromSequence = from.Sequence,
            ToSequence = current.Sequence,
            Issued = current.IssuedAt,
            NextUpdate = current.NextUpdateAt,
            Issuer = issuer.Value.Code,
            Changes = [.. changes.GroupBy(change => change.List).Select(list => new StatusListChange
            {
                List = list.Key,
                Revoked = Indexes(list, StatusValue.Revoked),
                Suspended = Indexes(list, StatusValue.Suspended),
                Reinstated = Indexes(list, StatusValue.Valid),
            })],
        };
        var payload = delta.Write();
        return new PublishedDelta(delta.FromSequence, delta.ToSequence, payload, anchor.SignMessage(StatusDelta.Type, payload));
    }

    private static int[] Indexes(IEnumerable<(int List, int Index, StatusValue Status)> changes, StatusValue status) =>
        [.. changes.Where(change => change.Status == status).Select(change => change.Index)];
}
