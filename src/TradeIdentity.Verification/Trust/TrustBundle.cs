using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Verification.Trust;

/// <summary>
/// A trust bundle whose signature was verified under a pinned anchor, ready for look-ups. Immutable, and safe for use by
/// many threads at once. There is no other way to make one than to verify it.
/// </summary>
public sealed class TrustBundle
{
    private readonly FrozenDictionary<ulong, TrustedKey> _keys;
    private readonly FrozenDictionary<(string Issuer, int List), StatusSnapshot> _statusLists;
    private readonly FrozenDictionary<int, string> _credentialTypes;
    private readonly FrozenDictionary<int, AeoComponentEntry> _aeoComponents;
    private readonly FrozenDictionary<(string Issuer, string Tin), Succession> _successions;

    private TrustBundle(BundleContent content, TrustAnchor signedBy)
    {
        Content = content;
        SignedBy = signedBy;
        _keys = content.Issuers
            .SelectMany(issuer => issuer.Keys.Select(key => TrustedKey.Create(issuer, key)))
            .ToFrozenDictionary(key => TrustedKey.Number(key.KeyId));
        foreach (var list in content.StatusLists)
        {
            list.Statuses.MakeReadOnly();
        }

        _statusLists = content.StatusLists.ToFrozenDictionary(list => (list.Issuer, list.List));
        _credentialTypes = content.CredentialTypes.ToFrozenDictionary(type => type.Code, type => type.Name);
        _aeoComponents = content.AeoComponents.ToFrozenDictionary(component => component.Code);
        _successions = content.Successions.ToFrozenDictionary(succession => (succession.Issuer, succession.Tin));
    }

    /// <summary>What the bundle says.</summary>
    public BundleContent Content { get; }

    /// <summary>The anchor, of those given, that signed it, or the newest delta applied to it: those pinned before are past.</summary>
    public TrustAnchor SignedBy { get; }

    /// <summary>Its number; a newer bundle has a higher one.</summary>
    public long Sequence => Content.Sequence;

    /// <summary>Takes a bundle file.</summary>
    /// <param name="file">One signed bundle, or a bundle with the deltas applied to it as <see cref="BundleFile"/> writes it.</param>
    /// <param name="anchors">The pinned anchors: one, or during a roll-over the old and the new.</param>
    /// <param name="newestSequenceSeen">The highest sequence this post ever took; a lower one is refused. 0 where there is none.</param>
    /// <param name="bundle">The bundle; null unless the answer is <see cref="BundleFailure.None"/>.</param>
    public static BundleFailure TryLoad(
        ReadOnlySpan<byte> file, IReadOnlyList<TrustAnchor> anchors, long newestSequenceSeen, out TrustBundle? bundle)
    {
        bundle = null;
        var failure = BundleFile.TryRead(file, anchors, out var content, out var signedBy);
        if (failure != BundleFailure.None || content is null || signedBy is null)
        {
            return failure;
        }

        if (content.Sequence < newestSequenceSeen)
        {
            return BundleFailure.Rollback;
        }

        if (!IsConsistent(content))
        {
            return BundleFailure.Malformed;
        }

        bundle = new TrustBundle(content, signedBy);
        return BundleFailure.None;
    }

    /// <summary>Name of a credential type over the wire, e.g. <c>AeoStatus</c>.</summary>
    public string CredentialTypeName(int code) =>
        _credentialTypes.TryGetValue(code, out var name) ? name : FormattableString.Invariant($"type-{code}");

    /// <summary>The catalogue entry of an AEO component, or null where the bundle has none.</summary>
    public AeoComponentEntry? AeoComponent(int code) => _aeoComponents.GetValueOrDefault(code);

    /// <summary>
    /// What became of an operator that a credential names, the holder's first and then those of its mandate; null where nothing did, or
    /// the credential says already what it is called now.
    /// </summary>
    internal Succession? SuccessionOf(Credential credential)
    {
        if (_successions.Count == 0)
        {
            return null;
        }

        var found = SuccessionOf(credential.Issuer, credential.Tin, credential.LegalName);
        foreach (var link in credential.Mandate?.Links ?? [])
        {
            found ??= SuccessionOf(credential.Issuer, link.Tin, link.LegalName);
        }

        return found;
    }

    private Succession? SuccessionOf(string issuer, string tin, string legalName) =>
        _successions.TryGetValue((issuer, tin), out var found) && (found.Kind != SuccessionKind.Renamed || found.Successors[0].LegalName != legalName)
            ? found
            : null;

    internal bool TryGetKey(ReadOnlySpan<byte> keyId, [NotNullWhen(true)] out TrustedKey? key) =>
        _keys.TryGetValue(TrustedKey.Number(keyId), out key);

    /// <summary>
    /// Whether <paramref name="keyId"/> is one of ours but for at most two bytes: damage in reading or by hand. A true
    /// unknown key comes as close by chance once in 2^43.
    /// </summary>
    internal bool IsDamagedKeyId(ReadOnlySpan<byte> keyId)
    {
        const int MostDamagedBytes = 2;
        foreach (var key in _keys.Values)
        {
            var damaged = 0;
            for (var i = 0; i < CoseSign1.KeyIdLength; i++)
            {
                damaged += key.KeyId[i] == keyId[i] ? 0 : 1;
            }

            if (damaged <= MostDamagedBytes)
            {
                return true;
            }
        }

        return false;
    }

    internal StatusValue Status(string issuer, StatusReference at, out DateTimeOffset asOf)
    {
        asOf = default;
        if (!_statusLists.TryGetValue((issuer, at.List), out var list))
        {
            return StatusValue.Unknown;
        }

        asOf = list.AsOf;
        return at.Index < list.Statuses.Count
            ? (StatusValue)list.Statuses.Get(at.Index)
            : StatusValue.Unknown;
    }

    // What the format cannot say but a sound authority never writes: the same thing twice, a status from the future.
    private static bool IsConsistent(BundleContent content) =>
        AreDistinct(content.Issuers.Select(issuer => issuer.Code))
        && AreDistinct(content.Issuers.SelectMany(issuer => issuer.Keys).Select(key => Convert.ToHexString(key.KeyId())))
        && AreDistinct(content.CredentialTypes.Select(type => type.Code))
        && AreDistinct(content.AeoComponents.Select(component => component.Code))
        && AreDistinct(content.StatusLists.Select(list => (list.Issuer, list.List)))
        && AreDistinct(content.Successions.Select(succession => (succession.Issuer, succession.Tin)))
        && content.StatusLists.All(list => list.AsOf <= content.Issued)
        && content.Issuers.SelectMany(issuer => issuer.Keys).All(TrustedKey.IsOnCurve);

    private static bool AreDistinct<T>(IEnumerable<T> values)
    {
        var seen = new HashSet<T>();
        return values.All(seen.Add);
    }
}
