using System.Diagnostics.CodeAnalysis;
using TradeIdentity.Codecs.Cbor;
using static TradeIdentity.Verification.Trust.BundleFieldReader;
using static TradeIdentity.Verification.Trust.BundleFormat;

namespace TradeIdentity.Verification.Trust;

/// <summary>Reads the payload of a trust bundle: deterministic CBOR, every field of the format, nothing else.</summary>
internal static class BundleReader
{
    internal static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out BundleContent? content)
    {
        content = null;
        var reader = new DeterministicCborReader(payload);
        if (!reader.TryReadMap(out var count) || count is not (AnnouncedAnchors or Successions)
            || !TryReadField(ref reader, BundleVersion) || !reader.TryReadUnsigned(out var version) || version != BundleFormat.Version
            || !TryReadField(ref reader, Sequence) || !reader.TryReadUnsigned(out var sequence)
            || !TryReadField(ref reader, Issued) || !TryReadTime(ref reader, out var issued)
            || !TryReadField(ref reader, NextUpdate) || !TryReadTime(ref reader, out var nextUpdate) || nextUpdate < issued
            || !TryReadField(ref reader, Algorithms) || !TryReadList<int>(ref reader, MaxKeys, TryReadAlgorithm, out var algorithms)
            || !TryReadField(ref reader, Issuers) || !TryReadList<Issuer>(ref reader, MaxIssuers, TryReadIssuer, out var issuers)
            || !TryReadField(ref reader, CredentialTypes) || !TryReadList<CredentialTypeEntry>(ref reader, MaxCatalogueEntries, TryReadType, out var types)
            || !TryReadField(ref reader, AeoComponents) || !TryReadList<AeoComponentEntry>(ref reader, MaxCatalogueEntries, TryReadComponent, out var components)
            || !TryReadField(ref reader, StatusLists) || !TryReadList<StatusSnapshot>(ref reader, MaxStatusLists, TryReadStatusList, out var lists)
            || !TryReadField(ref reader, AnnouncedAnchors) || !TryReadList<TrustAnchor>(ref reader, MaxAnchors, TryReadAnchor, out var anchors)
            || !TryReadSuccessions(ref reader, count == Successions, out var successions)
            || !reader.AtEnd)
        {
            return false;
        }

        content = new BundleContent
        {
            Sequence = sequence,
            Issued = issued,
            NextUpdate = nextUpdate,
            Algorithms = algorithms,
            Issuers = issuers,
            CredentialTypes = types,
            AeoComponents = components,
            StatusLists = lists,
            AnnouncedAnchors = anchors,
            Successions = successions,
        };
        return true;
    }

    private static bool TryReadAlgorithm(ref DeterministicCborReader reader, out int algorithm) =>
        TryReadInt32(ref reader, int.MinValue, int.MaxValue, out algorithm);

    private static bool TryReadIssuer(ref DeterministicCborReader reader, out Issuer issuer)
    {
        issuer = null!;
        if (!reader.TryReadArray(out var count) || count != 4
            || !reader.TryReadText(MaxCodeBytes, out var code)
            || !TryReadNames(ref reader, out var names)
            || !reader.TryReadText(MaxUriBytes, out var entityId)
            || !TryReadList<IssuerKey>(ref reader, MaxKeys, TryReadKey, out var keys))
        {
            return false;
        }

        issuer = new Issuer { Code = code, Names = names, EntityId = entityId, Keys = keys };
        return true;
    }

    private static bool TryReadKey(ref DeterministicCborReader reader, out IssuerKey key)
    {
        key = null!;
        if (!reader.TryReadArray(out var count) || count != 6
            || !TryReadPoint(ref reader, out var x, out var y)
            || !TryReadTime(ref reader, out var from)
            || !TryReadTime(ref reader, out var until)
            || !TryReadList<int>(ref reader, MaxCatalogueEntries, TryReadCatalogueCode, out var types)
            || !TryReadList<string>(ref reader, MaxIssuers, TryReadCountry, out var countries))
        {
            return false;
        }

        key = new IssuerKey { X = x, Y = y, SignsFrom = from, SignsUntil = until, CredentialTypes = types, Countries = countries };
        return true;
    }

    private static bool TryReadType(ref DeterministicCborReader reader, out CredentialTypeEntry type)
    {
        type = null!;
        if (!reader.TryReadArray(out var count) || count != 3
            || !TryReadCatalogueCode(ref reader, out var code)
            || !reader.TryReadText(MaxCodeBytes, out var name)
            || !TryReadNames(ref reader, out var names))
        {
            return false;
        }

        type = new CredentialTypeEntry { Code = code, Name = name, Names = names };
        return true;
    }

    private static bool TryReadComponent(ref DeterministicCborReader reader, out AeoComponentEntry component)
    {
        component = null!;
        if (!reader.TryReadArray(out var count) || count != 4
            || !TryReadCatalogueCode(ref reader, out var code)
            || !reader.TryReadText(MaxCodeBytes, out var programme)
            || !reader.TryReadText(MaxCodeBytes, out var name)
            || !TryReadNames(ref reader, out var names))
        {
            return false;
        }

        component = new AeoComponentEntry { Code = code, Programme = programme, Component = name, Names = names };
        return true;
    }

    private static bool TryReadStatusList(ref DeterministicCborReader reader, out StatusSnapshot snapshot)
    {
        snapshot = null!;
        if (!reader.TryReadArray(out var count) || count != 5
            || !reader.TryReadText(MaxCodeBytes, out var issuer)
            || !TryReadInt32(ref reader, 1, int.MaxValue, out var list)
            || !reader.TryReadText(MaxUriBytes, out var uri)
            || !TryReadTime(ref reader, out var asOf)
            || !StatusCodec.TryRead(ref reader, out var statuses))
        {
            return false;
        }

        snapshot = new StatusSnapshot { Issuer = issuer, List = list, Uri = uri, AsOf = asOf, Statuses = statuses };
        return true;
    }

    private static bool TryReadAnchor(ref DeterministicCborReader reader, out TrustAnchor anchor)
    {
        anchor = null!;
        return reader.TryReadArray(out var count) && count == 2
            && TryReadPoint(ref reader, out var x, out var y)
            && TrustAnchor.TryCreate(x, y, out anchor!);
    }

    // One encoding: a bundle that has none leaves the field out.
    private static bool TryReadSuccessions(ref DeterministicCborReader reader, bool present, out Succession[] successions)
    {
        successions = [];
        return !present
            || (TryReadField(ref reader, Successions)
                && TryReadList<Succession>(ref reader, MaxSuccessions, SuccessionFormat.TryRead, out successions)
                && successions.Length > 0);
    }

    private static bool TryReadCatalogueCode(ref DeterministicCborReader reader, out int code) =>
        TryReadInt32(ref reader, 1, MaxCatalogueEntries, out code);
}
