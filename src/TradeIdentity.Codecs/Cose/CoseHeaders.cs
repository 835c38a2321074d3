using System.Formats.Cbor;
using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Cose;

/// <summary>
/// The header parameters of a COSE structure that others wrote (RFC 9052 §3). Where a parameter stands in both buckets the
/// protected one counts.
/// </summary>
public sealed class CoseHeaders
{
    private const int MaxCritical = 16;

    private readonly HashSet<string> _labels = [];
    private readonly List<string> _critical = [];

    private CoseHeaders()
    {
    }

    /// <summary><c>alg</c> (1) as a number; null where it is absent or a text.</summary>
    public long? AlgorithmNumber { get; private set; }

    /// <summary><c>alg</c> as one that this library verifies; <see cref="SignatureAlgorithm.None"/> for every other.</summary>
    public SignatureAlgorithm Algorithm => SignatureAlgorithms.FromCose(AlgorithmNumber);

    /// <summary><c>kid</c> (4); null where it is absent, or a text, which some write against RFC 9052 §3.1.</summary>
    public ReadOnlyMemory<byte>? KeyId { get; private set; }

    /// <summary><c>IV</c> (5); null where it is absent.</summary>
    public ReadOnlyMemory<byte>? InitializationVector { get; private set; }

    /// <summary><c>typ</c> (16, RFC 9596) as a text; null where it is absent or a number.</summary>
    public string? Type { get; private set; }

    /// <summary>Whether <c>crit</c> (2) names a parameter that is not understood here, or not in the protected header.</summary>
    public bool HasUnknownCritical { get; private set; }

    // Null where a header is not well-formed. An empty protected header is a byte string of no bytes, or of an empty map
    // (RFC 9052 §3).
    internal static CoseHeaders? Read(ReadOnlyMemory<byte> protectedHeader, CborReader unprotected)
    {
        var headers = new CoseHeaders();
        var loose = new CoseHeaders();
        if (!loose.Fill(unprotected) || loose._critical.Count != 0)
        {
            // RFC 9052 §3.1: crit stands in the protected bucket.
            return null;
        }

        if (!protectedHeader.IsEmpty && !ForeignCbor.TryRead(protectedHeader, reader => headers.Fill(reader) ? headers : null, out _))
        {
            return null;
        }

        headers.HasUnknownCritical = headers._critical.Exists(label => !headers._labels.Contains(label) || !IsUnderstood(label));
        if (!headers._labels.Contains("1"))
        {
            headers.AlgorithmNumber = loose.AlgorithmNumber;
        }

        headers.KeyId ??= loose.KeyId;
        headers.InitializationVector ??= loose.InitializationVector;
        headers.Type ??= loose.Type;
        return headers;
    }

    private static bool IsUnderstood(string label) => label is "1" or "3" or "4" or "5" or "16";

    private bool Fill(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.StartMap)
        {
            return false;
        }

        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            var label = ReadLabel(reader);
            _labels.Add(label);
            if (!ReadParameter(label, reader))
            {
                return false;
            }
        }

        reader.ReadEndMap();
        return true;
    }

    private bool ReadParameter(string label, CborReader reader)
    {
        switch (label)
        {
            case "1" when reader.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                AlgorithmNumber = reader.ReadInt64();
                return true;
            case "2":
                return ReadCritical(reader);
            case "4" when reader.PeekState() is CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                KeyId = reader.ReadByteString();
                return true;
            case "5":
                InitializationVector = reader.ReadByteString();
                return true;
            case "16" when reader.PeekState() is CborReaderState.TextString:
                Type = reader.ReadTextString();
                return true;
            default:
                reader.SkipValue();
                return true;
        }
    }

    // RFC 9052 §3.1: at least one label.
    private bool ReadCritical(CborReader reader)
    {
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (_critical.Count == MaxCritical)
            {
                return false;
            }

            _critical.Add(ReadLabel(reader));
        }

        reader.ReadEndArray();
        return _critical.Count != 0;
    }

    // Texts are kept apart from the numbers that they may spell.
    private static string ReadLabel(CborReader reader) =>
        reader.PeekState() is CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString
            ? '"' + reader.ReadTextString()
            : reader.ReadInt64().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
