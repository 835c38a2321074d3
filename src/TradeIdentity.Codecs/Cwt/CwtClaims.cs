using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using TradeIdentity.Codecs.Cbor;

namespace TradeIdentity.Codecs.Cwt;

/// <summary>
/// The claims of a CBOR Web Token that others wrote (RFC 8392 §3): the registered ones typed, every other one as its
/// encoded bytes. Nothing is judged: whether a time has passed is for the caller to say.
/// </summary>
public sealed class CwtClaims
{
    private const int MaxAudiences = 64;

    // 0001-01-01 and 9999-12-31, beyond which DateTimeOffset has no times.
    private const long MinSeconds = -62_135_596_800;
    private const long MaxSeconds = 253_402_300_799;

    private readonly Dictionary<long, ReadOnlyMemory<byte>> _others = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _named = [];

    private CwtClaims()
    {
    }

    /// <summary><c>iss</c>, claim 1; null where it is absent.</summary>
    public string? Issuer { get; private set; }

    /// <summary><c>sub</c>, claim 2; null where it is absent.</summary>
    public string? Subject { get; private set; }

    /// <summary><c>aud</c>, claim 3, one or many; empty where it is absent.</summary>
    public IReadOnlyList<string> Audiences { get; private set; } = [];

    /// <summary><c>exp</c>, claim 4, UTC; null where it is absent.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary><c>nbf</c>, claim 5, UTC; null where it is absent.</summary>
    public DateTimeOffset? NotBefore { get; private set; }

    /// <summary><c>iat</c>, claim 6, UTC; null where it is absent.</summary>
    public DateTimeOffset? IssuedAt { get; private set; }

    /// <summary><c>cti</c>, claim 7; null where it is absent.</summary>
    public ReadOnlyMemory<byte>? TokenId { get; private set; }

    /// <summary>Every other claim with a number for a name, as encoded CBOR.</summary>
    public IReadOnlyDictionary<long, ReadOnlyMemory<byte>> Others => _others;

    /// <summary>Every claim with a text for a name, as encoded CBOR.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Named => _named;

    /// <summary>Reads the map of claims that <paramref name="payload"/> is.</summary>
    /// <param name="payload">The payload of the token, all of it.</param>
    /// <param name="dates">How times may be written.</param>
    /// <param name="claims">The claims; null where the answer is false.</param>
    /// <returns>False for no map, duplicate names, a registered claim of another type, or a time that is none.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> payload, NumericDates dates, [NotNullWhen(true)] out CwtClaims? claims) =>
        ForeignCbor.TryRead(payload, reader => new CwtClaims().Fill(reader, dates), out claims);

    private CwtClaims? Fill(CborReader reader, NumericDates dates)
    {
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            if (reader.PeekState() is CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString)
            {
                _named.Add(reader.ReadTextString(), reader.ReadEncodedValue());
            }
            else if (!ReadClaim(reader.ReadInt64(), reader, dates))
            {
                return null;
            }
        }

        reader.ReadEndMap();
        return this;
    }

    private bool ReadClaim(long name, CborReader reader, NumericDates dates)
    {
        switch (name)
        {
            case 1:
                Issuer = reader.ReadTextString();
                return true;
            case 2:
                Subject = reader.ReadTextString();
                return true;
            case 3:
                return ReadAudiences(reader);
            case 4:
                ExpiresAt = ReadDate(reader, dates);
                return ExpiresAt is not null;
            case 5:
                NotBefore = ReadDate(reader, dates);
                return NotBefore is not null;
            case 6:
                IssuedAt = ReadDate(reader, dates);
                return IssuedAt is not null;
            case 7:
                TokenId = reader.ReadByteString();
                return true;
            default:
                // A duplicate in another width is found here, where the reader compares encodings.
                return _others.TryAdd(name, reader.ReadEncodedValue());
        }
    }

    private bool ReadAudiences(CborReader reader)
    {
        if (reader.PeekState() is CborReaderState.TextString)
        {
            Audiences = [reader.ReadTextString()];
            return true;
        }

        var audiences = new List<string>();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray && audiences.Count <= MaxAudiences)
        {
            audiences.Add(reader.ReadTextString());
        }

        if (audiences.Count > MaxAudiences)
        {
            return false;
        }

        reader.ReadEndArray();
        Audiences = audiences;
        return true;
    }

    // RFC 8392 §2: a NumericDate goes without tag 1; from strangers it is taken with it too, since it says the same.
    private static DateTimeOffset? ReadDate(CborReader reader, NumericDates dates)
    {
        if (dates == NumericDates.FractionsAllowed
            && reader.PeekState() == CborReaderState.Tag && reader.ReadTag() != CborTag.UnixTimeSeconds)
        {
            return null;
        }

        if (reader.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger)
        {
            var whole = reader.ReadInt64();
            return whole is >= MinSeconds and <= MaxSeconds ? DateTimeOffset.FromUnixTimeSeconds(whole) : null;
        }

        if (dates != NumericDates.FractionsAllowed)
        {
            return null;
        }

        var seconds = reader.ReadDouble();
        return seconds is >= MinSeconds and <= MaxSeconds
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
    }
}
