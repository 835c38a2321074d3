using System.Formats.Cbor;
using static TradeIdentity.Verification.Trust.BundleFormat;

namespace TradeIdentity.Verification.Trust;

/// <summary>Writes the payload of a trust bundle.</summary>
public static class BundleWriter
{
    /// <summary>The <c>typ</c> header of a bundle.</summary>
    public static string Type => BundleType;

    /// <summary>The most successions that a bundle takes.</summary>
    public static int MaxSuccessions => BundleFormat.MaxSuccessions;

    /// <summary>Encodes <paramref name="content"/>, deterministically; each status list in the smaller of the codecs.</summary>
    public static byte[] Write(BundleContent content)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartMap(content.Successions.Count > 0 ? Successions : AnnouncedAnchors);
        writer.WriteInt32(BundleVersion);
        writer.WriteInt32(BundleFormat.Version);
        writer.WriteInt32(Sequence);
        writer.WriteInt64(content.Sequence);
        writer.WriteInt32(Issued);
        writer.WriteInt64(content.Issued.ToUnixTimeSeconds());
        writer.WriteInt32(NextUpdate);
        writer.WriteInt64(content.NextUpdate.ToUnixTimeSeconds());
        writer.WriteInt32(Algorithms);
        WriteList(writer, content.Algorithms, static (w, algorithm) => w.WriteInt32(algorithm));
        writer.WriteInt32(Issuers);
        WriteList(writer, content.Issuers, WriteIssuer);
        writer.WriteInt32(CredentialTypes);
        WriteList(writer, content.CredentialTypes, WriteType);
        writer.WriteInt32(AeoComponents);
        WriteList(writer, content.AeoComponents, WriteComponent);
        writer.WriteInt32(StatusLists);
        WriteList(writer, content.StatusLists, WriteStatusList);
        writer.WriteInt32(AnnouncedAnchors);
        WriteList(writer, content.AnnouncedAnchors, static (w, anchor) =>
        {
            w.WriteStartArray(2);
            w.WriteByteString(anchor.X);
            w.WriteByteString(anchor.Y);
            w.WriteEndArray();
        });
        if (content.Successions.Count > 0)
        {
            writer.WriteInt32(Successions);
            WriteList(writer, content.Successions, SuccessionFormat.Write);
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    private static void WriteIssuer(CborWriter writer, Issuer issuer)
    {
        writer.WriteStartArray(4);
        writer.WriteTextString(issuer.Code);
        WriteNames(writer, issuer.Names);
        writer.WriteTextString(issuer.EntityId);
        WriteList(writer, issuer.Keys, WriteKey);
        writer.WriteEndArray();
    }

    private static void WriteKey(CborWriter writer, IssuerKey key)
    {
        writer.WriteStartArray(6);
        writer.WriteByteString(key.X.Span);
        writer.WriteByteString(key.Y.Span);
        writer.WriteInt64(key.SignsFrom.ToUnixTimeSeconds());
        writer.WriteInt64(key.SignsUntil.ToUnixTimeSeconds());
        WriteList(writer, key.CredentialTypes, static (w, type) => w.WriteInt32(type));
        WriteList(writer, key.Countries, static (w, country) => w.WriteTextString(country));
        writer.WriteEndArray();
    }

    private static void WriteType(CborWriter writer, CredentialTypeEntry type)
    {
        writer.WriteStartArray(3);
        writer.WriteInt32(type.Code);
        writer.WriteTextString(type.Name);
        WriteNames(writer, type.Names);
        writer.WriteEndArray();
    }

    private static void WriteComponent(CborWriter writer, AeoComponentEntry component)
    {
        writer.WriteStartArray(4);
        writer.WriteInt32(component.Code);
        writer.WriteTextString(component.Programme);
        writer.WriteTextString(component.Component);
        WriteNames(writer, component.Names);
        writer.WriteEndArray();
    }

    private static void WriteStatusList(CborWriter writer, StatusSnapshot snapshot)
    {
        writer.WriteStartArray(5);
        writer.WriteTextString(snapshot.Issuer);
        writer.WriteInt32(snapshot.List);
        writer.WriteTextString(snapshot.Uri);
        writer.WriteInt64(snapshot.AsOf.ToUnixTimeSeconds());
        StatusCodec.Write(writer, snapshot.Statuses);
        writer.WriteEndArray();
    }

    private static void WriteNames(CborWriter writer, IReadOnlyList<KeyValuePair<string, string>> names) =>
        WriteList(writer, names, static (w, name) =>
        {
            w.WriteStartArray(2);
            w.WriteTextString(name.Key);
            w.WriteTextString(name.Value);
            w.WriteEndArray();
        });

    private static void WriteList<T>(CborWriter writer, IReadOnlyList<T> items, Action<CborWriter, T> write)
    {
        writer.WriteStartArray(items.Count);
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }
}
