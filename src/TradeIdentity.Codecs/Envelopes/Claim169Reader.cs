using System.Formats.Cbor;

namespace TradeIdentity.Codecs.Envelopes;

/// <summary>Reads the map of CWT claim 169. Throws what the platform's reader throws: it is called within the wall of ForeignCbor.</summary>
internal static class Claim169Reader
{
    private const long FirstBiometric = 50;
    private const long LastBiometric = 65;
    private const int MaxFingers = 10;
    private const int MaxSamples = 16;

    public static Claim169Identity? Read(CborReader reader)
    {
        var texts = new Dictionary<long, string>();
        var numbers = new Dictionary<long, long>();
        var biometrics = new Dictionary<long, IReadOnlyList<Claim169Biometric>>();
        var unknown = new Dictionary<long, ReadOnlyMemory<byte>>();
        var fingers = new List<long>();
        byte[]? photo = null;
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            var member = reader.ReadInt64();
            switch (member)
            {
                case 9 or 14 or 17:
                    numbers[member] = reader.ReadInt64();
                    break;
                case 16:
                    photo = reader.ReadByteString();
                    break;
                case 18 when !TryReadFingers(reader, fingers):
                    return null;
                case 18:
                    break;
                case >= 1 and <= 23:
                    texts[member] = reader.ReadTextString();
                    break;
                case >= FirstBiometric and <= LastBiometric:
                    if (ReadSamples(reader) is not { } samples)
                    {
                        return null;
                    }

                    biometrics[member] = samples;
                    break;
                default:
                    unknown[member] = reader.ReadEncodedValue();
                    break;
            }
        }

        reader.ReadEndMap();
        return Identity(texts, numbers) with
        {
            Photo = photo is null ? null : (ReadOnlyMemory<byte>)photo,
            BestQualityFingers = fingers,
            Biometrics = biometrics,
            Unknown = unknown,
        };
    }

    private static Claim169Identity Identity(Dictionary<long, string> texts, Dictionary<long, long> numbers) => new()
    {
        Id = texts.GetValueOrDefault(1),
        Version = texts.GetValueOrDefault(2),
        Language = texts.GetValueOrDefault(3),
        FullName = texts.GetValueOrDefault(4),
        FirstName = texts.GetValueOrDefault(5),
        MiddleName = texts.GetValueOrDefault(6),
        LastName = texts.GetValueOrDefault(7),
        DateOfBirth = texts.GetValueOrDefault(8),
        Gender = Number(numbers, 9),
        Address = texts.GetValueOrDefault(10),
        Email = texts.GetValueOrDefault(11),
        Phone = texts.GetValueOrDefault(12),
        Nationality = texts.GetValueOrDefault(13),
        MaritalStatus = Number(numbers, 14),
        Guardian = texts.GetValueOrDefault(15),
        PhotoFormat = Number(numbers, 17),
        SecondaryFullName = texts.GetValueOrDefault(19),
        SecondaryLanguage = texts.GetValueOrDefault(20),
        LocationCode = texts.GetValueOrDefault(21),
        LegalStatus = texts.GetValueOrDefault(22),
        CountryOfIssuance = texts.GetValueOrDefault(23),
    };

    private static long? Number(Dictionary<long, long> numbers, long member) =>
        numbers.TryGetValue(member, out var number) ? number : null;

    private static bool TryReadFingers(CborReader reader, List<long> fingers)
    {
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (fingers.Count == MaxFingers)
            {
                return false;
            }

            fingers.Add(reader.ReadInt64());
        }

        reader.ReadEndArray();
        return true;
    }

    // One sample, or an array of them: the specification has both.
    private static List<Claim169Biometric>? ReadSamples(CborReader reader)
    {
        var samples = new List<Claim169Biometric>();
        if (reader.PeekState() == CborReaderState.StartMap)
        {
            return ReadSample(reader) is { } only ? [only] : null;
        }

        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (samples.Count == MaxSamples || ReadSample(reader) is not { } sample)
            {
                return null;
            }

            samples.Add(sample);
        }

        reader.ReadEndArray();
        return samples;
    }

    private static Claim169Biometric? ReadSample(CborReader reader)
    {
        byte[]? data = null;
        long? format = null, subFormat = null;
        string? issuer = null;
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            switch (reader.ReadInt64())
            {
                case 0:
                    data = reader.ReadByteString();
                    break;
                case 1:
                    format = reader.ReadInt64();
                    break;
                case 2:
                    subFormat = reader.ReadInt64();
                    break;
                case 3:
                    issuer = reader.ReadTextString();
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }

        reader.ReadEndMap();
        return data is null ? null : new Claim169Biometric { Data = data, Format = format, SubFormat = subFormat, Issuer = issuer };
    }
}
