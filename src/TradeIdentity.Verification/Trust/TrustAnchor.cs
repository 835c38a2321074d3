using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Text.Json;
using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Codecs.Cose;

namespace TradeIdentity.Verification.Trust;

/// <summary>
/// The one key a verifier pins: the public key that signs trust bundles. Get it once, from a source you trust, and compare
/// its fingerprint; everything else follows from it.
/// </summary>
public sealed class TrustAnchor
{
    /// <summary>A JWK or COSE_Key file beyond this many bytes is refused.</summary>
    public const int MaxFileLength = 4096;

    private const int Coordinate = P256VerificationKey.CoordinateLength;

    // RFC 9053 §7.1: labels and values of an EC2 key.
    private const int KeyTypeLabel = 1;
    private const int CurveLabel = -1;
    private const int XLabel = -2;
    private const int YLabel = -3;
    private const int Ec2 = 2;
    private const int P256 = 1;
    private readonly byte[] _x;
    private readonly byte[] _y;
    private readonly byte[] _keyId;

    private TrustAnchor(byte[] x, byte[] y, P256VerificationKey key)
    {
        (_x, _y, Key) = (x, y, key);
        _keyId = CoseKeyThumbprint.OfP256(x, y)[..CoseSign1.KeyIdLength];
    }

    /// <summary>The first 8 bytes of the key's thumbprint (RFC 9679).</summary>
    public ReadOnlySpan<byte> KeyId => _keyId;

    /// <summary>x-coordinate, 32 bytes.</summary>
    public ReadOnlySpan<byte> X => _x;

    /// <summary>y-coordinate, 32 bytes.</summary>
    public ReadOnlySpan<byte> Y => _y;

    /// <summary>The whole thumbprint (RFC 9679, SHA-256) in hexadecimal: what two people compare by telephone.</summary>
    public string Fingerprint => Convert.ToHexStringLower(CoseKeyThumbprint.OfP256(_x, _y));

    internal P256VerificationKey Key { get; }

    /// <summary>Takes the point of a P-256 key; false where it is not on the curve.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y, [NotNullWhen(true)] out TrustAnchor? anchor)
    {
        anchor = P256VerificationKey.TryCreate(x, y, out var key) ? new TrustAnchor(x.ToArray(), y.ToArray(), key) : null;
        return anchor is not null;
    }

    /// <summary>Reads an anchor from a file: a JWK (RFC 7517) or a COSE_Key (RFC 9052 §7) of kty EC2, P-256, public.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out TrustAnchor? anchor)
    {
        anchor = null;
        if (file.Length is 0 or > MaxFileLength)
        {
            return false;
        }

        return (file[0] >> 5) == (int)CborKind.Map ? TryReadCoseKey(file, out anchor) : TryReadJwk(file, out anchor);
    }

    /// <summary>The key as a JWK, in the order of RFC 7638.</summary>
    public string ToJwk() =>
        $$"""{"crv":"P-256","kid":"{{Convert.ToHexStringLower(_keyId)}}","kty":"EC","use":"sig","x":"{{Base64Url.EncodeToString(_x)}}","y":"{{Base64Url.EncodeToString(_y)}}"}""";

    /// <summary>The key as a COSE_Key in deterministic encoding.</summary>
    public byte[] ToCoseKey()
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartMap(4);
        writer.WriteInt32(KeyTypeLabel);
        writer.WriteInt32(Ec2);
        writer.WriteInt32(CurveLabel);
        writer.WriteInt32(P256);
        writer.WriteInt32(XLabel);
        writer.WriteByteString(_x);
        writer.WriteInt32(YLabel);
        writer.WriteByteString(_y);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static bool TryReadCoseKey(ReadOnlySpan<byte> file, out TrustAnchor? anchor)
    {
        anchor = null;
        var reader = new DeterministicCborReader(file);
        var key = DeterministicCborReader.BeforeFirstKey;
        return reader.TryReadMap(out var count) && count == 4
            && reader.TryReadKey(ref key) && key == KeyTypeLabel && reader.TryReadInteger(out var type) && type == Ec2
            && reader.TryReadKey(ref key) && key == CurveLabel && reader.TryReadInteger(out var curve) && curve == P256
            && reader.TryReadKey(ref key) && key == XLabel && reader.TryReadBytes(out var x)
            && reader.TryReadKey(ref key) && key == YLabel && reader.TryReadBytes(out var y)
            && reader.AtEnd
            && TryCreate(x, y, out anchor);
    }

    private static bool TryReadJwk(ReadOnlySpan<byte> file, out TrustAnchor? anchor)
    {
        anchor = null;
        string? type = null, curve = null, x = null, y = null;
        try
        {
            var reader = new Utf8JsonReader(file);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                if (!reader.Read())
                {
                    return false;
                }

                ref var target = ref type;
                switch (name)
                {
                    case "kty": break;
                    case "crv": target = ref curve; break;
                    case "x": target = ref x; break;
                    case "y": target = ref y; break;
                    case "d": return false; // A private key is no anchor: whoever holds this file could sign bundles.
                    default: reader.Skip(); continue;
                }

                if (target is not null || reader.TokenType != JsonTokenType.String)
                {
                    return false;
                }

                target = reader.GetString();
            }

            if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            {
                return false;
            }
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // The platform's way to say, when a text is taken, that it is no valid UTF-8 or half of a surrogate pair.
            return false;
        }

        return type == "EC" && curve == "P-256" && TryCoordinate(x, out var xBytes) && TryCoordinate(y, out var yBytes)
            && TryCreate(xBytes, yBytes, out anchor);
    }

    private static bool TryCoordinate(string? text, out byte[] bytes)
    {
        bytes = new byte[Coordinate];
        return text is { Length: 43 } && Base64Url.IsValid(text, out var length) && length == Coordinate
            && Base64Url.TryDecodeFromChars(text, bytes, out _);
    }
}
