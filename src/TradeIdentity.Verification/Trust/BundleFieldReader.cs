using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Codecs.Cose;
using static TradeIdentity.Verification.Trust.BundleFormat;

namespace TradeIdentity.Verification.Trust;

/// <summary>Reads the pieces that bundles and deltas are made of. Fields come in the order of the format, none missing.</summary>
internal static class BundleFieldReader
{
    internal delegate bool ItemReader<T>(ref DeterministicCborReader reader, out T item);

    /// <summary>Reads the key <paramref name="expected"/>: the fields of a record come as 1, 2, 3 …</summary>
    internal static bool TryReadField(ref DeterministicCborReader reader, int expected) =>
        reader.TryReadUnsigned(out var key) && key == expected;

    internal static bool TryReadTime(ref DeterministicCborReader reader, out DateTimeOffset time)
    {
        var read = reader.TryReadUnsigned(out var seconds) && seconds <= MaxUnixSeconds;
        time = read ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        return read;
    }

    internal static bool TryReadInt32(ref DeterministicCborReader reader, int min, int max, out int value)
    {
        var read = reader.TryReadInteger(out var wide) && wide >= min && wide <= max;
        value = read ? (int)wide : 0;
        return read;
    }

    internal static bool TryReadList<T>(ref DeterministicCborReader reader, int max, ItemReader<T> readItem, out T[] items)
    {
        items = [];
        if (!reader.TryReadArray(out var count) || count > max)
        {
            return false;
        }

        var read = new T[count];
        for (var i = 0; i < count; i++)
        {
            if (!readItem(ref reader, out read[i]))
            {
                return false;
            }
        }

        items = read;
        return true;
    }

    /// <summary>Names are pairs of language tag and text.</summary>
    internal static bool TryReadNames(ref DeterministicCborReader reader, out KeyValuePair<string, string>[] names) =>
        TryReadList(ref reader, MaxNames, TryReadName, out names);

    internal static bool TryReadCountry(ref DeterministicCborReader reader, out string country) =>
        reader.TryReadText(2, out country) && country.Length == 2;

    internal static bool TryReadPoint(ref DeterministicCborReader reader, out byte[] x, out byte[] y)
    {
        (x, y) = ([], []);
        if (!reader.TryReadBytes(out var xSpan) || xSpan.Length != P256VerificationKey.CoordinateLength
            || !reader.TryReadBytes(out var ySpan) || ySpan.Length != P256VerificationKey.CoordinateLength)
        {
            return false;
        }

        (x, y) = (xSpan.ToArray(), ySpan.ToArray());
        return true;
    }

    private static bool TryReadName(ref DeterministicCborReader reader, out KeyValuePair<string, string> name)
    {
        name = default;
        if (!reader.TryReadArray(out var count) || count != 2
            || !reader.TryReadText(MaxLanguageBytes, out var language)
            || !reader.TryReadText(MaxNameBytes, out var text))
        {
            return false;
        }

        name = new(language, text);
        return true;
    }
}
