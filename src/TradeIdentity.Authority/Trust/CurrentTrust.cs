using TradeIdentity.Authority.Keys;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Trust;

/// <summary>The published bundle as a post would have it: loaded and verified under the anchor, kept until the next.</summary>
public sealed class CurrentTrust(PublishTrustBundle bundles, SigningKeys keys)
{
    private TrustBundle? _loaded;

    public async Task<Outcome<TrustBundle>> GetAsync(CancellationToken cancellationToken)
    {
        if (!(await bundles.ExecuteAsync(cancellationToken).ConfigureAwait(false)).TryGet(out var published, out var refusal))
        {
            return refusal;
        }

        if (Volatile.Read(ref _loaded) is { } loaded && loaded.Sequence == published.Sequence)
        {
            return loaded;
        }

        if (!(await AnchorAsync(published.IssuedAt, cancellationToken).ConfigureAwait(false)).TryGet(out var anchor, out refusal))
        {
            return refusal;
        }

        var failure = TrustBundle.TryLoad(published.Message, [anchor], 0, out var bundle);
        if (bundle is null)
        {
            return new Refusal("bundle_invalid", $"The published trust bundle does not verify under the anchor ({failure}).");
        }

        Volatile.Write(ref _loaded, bundle);
        return bundle;
    }

    /// <summary>The anchor that signs at a time, as a post pins it.</summary>
    public async Task<Outcome<TrustAnchor>> AnchorAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        (await keys.SignerAsync(KeyPurpose.Anchor, at, cancellationToken).ConfigureAwait(false)).Match<Outcome<TrustAnchor>>(
            key => PublishTrustBundle.AnchorOf(key), refusal => refusal);
}
