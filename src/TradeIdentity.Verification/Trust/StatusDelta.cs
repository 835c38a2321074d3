using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Codecs.StatusLists;
using static TradeIdentity.Verification.Trust.BundleFieldReader;
using static TradeIdentity.Verification.Trust.BundleFormat;

namespace TradeIdentity.Verification.Trust;

/// <summary>
/// What changed in the statuses between two bundles: small enough for one QR code, and chained, since it applies to the
/// bundle of its <see cref="FromSequence"/> alone. Anything but statuses (keys, issuers, catalogues) needs a whole bundle.
/// </summary>
public sealed record StatusDelta
{
    /// <summary>Sequence of the bundle that it applies to.</summary>
    public required long FromSequence { get; init; }

    /// <summary>Sequence of the bundle that results.</summary>
    public required long ToSequence { get; init; }

    /// <summary>When it was signed: the result's <see cref="BundleContent.Issued"/>, and the as-of of the issuer's lists.</summary>
    public required DateTimeOffset Issued { get; init; }

    /// <summary>
    /// The result's <see cref="BundleContent.NextUpdate"/>, unless lists of other issuers are due before.
    /// </summary>
    public required DateTimeOffset NextUpdate { get; init; }

    /// <summary>Code of the issuer whose lists it brings up to date, all of them.</summary>
    public required string Issuer { get; init; }

    /// <summary>The changes; a list without one only grows younger.</summary>
    public required IReadOnlyList<StatusListChange> Changes { get; init; }

    /// <summary>The <c>typ</c> header of a delta.</summary>
    public static string Type => DeltaType;

    /// <summary>Encodes the payload, deterministically.</summary>
    public byte[] Write()
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(7);
        writer.WriteInt32(BundleFormat.Version);
        writer.WriteInt64(FromSequence);
        writer.WriteInt64(ToSequence);
        writer.WriteInt64(Issued.ToUnixTimeSeconds());
        writer.WriteInt64(NextUpdate.ToUnixTimeSeconds());
        writer.WriteTextString(Issuer);
        writer.WriteStartArray(Changes.Count);
        foreach (var change in Changes)
        {
            writer.WriteStartArray(4);
            writer.WriteInt32(change.List);
            writer.WriteByteString(RiceCodedIndexes.Encode([.. change.Revoked]));
            writer.WriteByteString(RiceCodedIndexes.Encode([.. change.Suspended]));
            writer.WriteByteString(RiceCodedIndexes.Encode([.. change.Reinstated]));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads the payload of a delta.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out StatusDelta? delta)
    {
        delta = null;
        var reader = new DeterministicCborReader(payload);
        if (!reader.TryReadArray(out var count) || count != 7
            || !reader.TryReadUnsigned(out var version) || version != BundleFormat.Version
            || !reader.TryReadUnsigned(out var from)
            || !reader.TryReadUnsigned(out var to) || to <= from
            || !TryReadTime(ref reader, out var issued)
            || !TryReadTime(ref reader, out var nextUpdate) || nextUpdate < issued
            || !reader.TryReadText(MaxCodeBytes, out var issuer)
            || !TryReadList<StatusListChange>(ref reader, MaxStatusLists, TryReadChange, out var changes)
            || !reader.AtEnd)
        {
            return false;
        }

        delta = new StatusDelta
        {
            FromSequence = from,
            ToSequence = to,
            Issued = issued,
            NextUpdate = nextUpdate,
            Issuer = issuer,
            Changes = changes,
        };
        return true;
    }

    internal bool TryApply(BundleContent bundle, [NotNullWhen(true)] out BundleContent? updated)
    {
        updated = null;
        // Of an issuer that the bundle does not have, it would make the bundle look younger and no status in it so.
        if (bundle.Sequence != FromSequence || bundle.Issued > Issued || bundle.Issuers.All(issuer => issuer.Code != Issuer))
        {
            return false;
        }

        var changes = new Dictionary<int, StatusListChange>(Changes.Count);
        if (!Changes.All(change => changes.TryAdd(change.List, change)))
        {
            return false;
        }

        var lists = new List<StatusSnapshot>(bundle.StatusLists.Count);
        foreach (var list in bundle.StatusLists)
        {
            if (list.Issuer != Issuer)
            {
                lists.Add(list);
                continue;
            }

            var statuses = list.Statuses;
            if (changes.Remove(list.List, out var change) && !change.TryApply(list.Statuses, out statuses))
            {
                return false;
            }

            lists.Add(list with { AsOf = Issued, Statuses = statuses });
        }

        if (changes.Count != 0)
        {
            return false; // It speaks of a list that the bundle does not have: a new shard needs a whole bundle.
        }

        updated = bundle with { Sequence = ToSequence, Issued = Issued, NextUpdate = NextUpdateOf(bundle), StatusLists = lists };
        return true;
    }

    // The lists of other issuers grow no younger by it: theirs stay due when they were.
    private DateTimeOffset NextUpdateOf(BundleContent bundle) =>
        NextUpdate > bundle.NextUpdate && bundle.StatusLists.Any(list => list.Issuer != Issuer) ? bundle.NextUpdate : NextUpdate;

    private static bool TryReadChange(ref DeterministicCborReader reader, out StatusListChange change)
    {
        change = null!;
        if (!reader.TryReadArray(out var count) || count != 4
            || !TryReadInt32(ref reader, 1, int.MaxValue, out var list)
            || !TryReadIndexes(ref reader, out var revoked)
            || !TryReadIndexes(ref reader, out var suspended)
            || !TryReadIndexes(ref reader, out var reinstated))
        {
            return false;
        }

        change = new StatusListChange { List = list, Revoked = revoked, Suspended = suspended, Reinstated = reinstated };
        return true;
    }

    private static bool TryReadIndexes(ref DeterministicCborReader reader, out int[] indexes)
    {
        indexes = [];
        return reader.TryReadBytes(out var bytes) && RiceCodedIndexes.TryDecode(bytes, MaxStatusListLength, out indexes);
    }
}
