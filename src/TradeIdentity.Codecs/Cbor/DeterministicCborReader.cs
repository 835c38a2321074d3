using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace TradeIdentity.Codecs.Cbor;

/// <summary>
/// Reads CBOR in core deterministic encoding (RFC 8949 §4.2.1) and nothing else: shortest heads, definite lengths, map
/// keys in strictly ascending bytewise order (which also rules out duplicates), no floats. Allocates nothing. Every
/// method answers false for input that is not so; the reader is then of no further use.
/// </summary>
/// <remarks>
/// The platform's reader orders keys by RFC 7049 (length first) and allocates for its checks; the one encoding of the
/// profile is that of RFC 8949, and a gate reads thousands a second.
/// </remarks>
public ref struct DeterministicCborReader
{
    private readonly ReadOnlySpan<byte> _data;
    private int _at;

    /// <summary>Starts at the first byte of <paramref name="data"/>.</summary>
    public DeterministicCborReader(ReadOnlySpan<byte> data) => _data = data;

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _at;

    /// <summary>Whether every byte has been read: a reader that stops earlier has trailing bytes.</summary>
    public readonly bool AtEnd => _at == _data.Length;

    /// <summary>The kind of the next item, without reading it; <see cref="CborKind.None"/> at the end.</summary>
    public readonly CborKind Peek() => AtEnd ? CborKind.None : (CborKind)(_data[_at] >> 5);

    /// <summary>Reads a non-negative integer up to 2^63 − 1.</summary>
    public bool TryReadUnsigned(out long value)
    {
        value = 0;
        if (!TryReadHead(CborKind.Unsigned, out var argument) || argument > long.MaxValue)
        {
            return false;
        }

        value = (long)argument;
        return true;
    }

    /// <summary>Reads an integer of either sign that fits 64 bits.</summary>
    public bool TryReadInteger(out long value)
    {
        if (Peek() != CborKind.Negative)
        {
            return TryReadUnsigned(out value);
        }

        value = 0;
        if (!TryReadHead(CborKind.Negative, out var argument) || argument > long.MaxValue)
        {
            return false;
        }

        value = -1 - (long)argument;
        return true;
    }

    /// <summary>Reads a byte string; the span is a slice of the input.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> value) => TryReadString(CborKind.Bytes, out value);

    /// <summary>Reads a text string of valid UTF-8; the span is a slice of the input.</summary>
    public bool TryReadUtf8(out ReadOnlySpan<byte> value) =>
        TryReadString(CborKind.Text, out value) && Utf8.IsValid(value);

    /// <summary>Reads a text string of at most <paramref name="maxBytes"/> bytes of UTF-8.</summary>
    public bool TryReadText(int maxBytes, out string value)
    {
        value = "";
        if (!TryReadUtf8(out var utf8) || utf8.Length > maxBytes)
        {
            return false;
        }

        value = Encoding.UTF8.GetString(utf8);
        return true;
    }

    /// <summary>Reads the head of an array of <paramref name="count"/> items.</summary>
    public bool TryReadArray(out int count) => TryReadCount(CborKind.Array, 1, out count);

    /// <summary>Reads the head of a map of <paramref name="count"/> pairs.</summary>
    public bool TryReadMap(out int count) => TryReadCount(CborKind.Map, 2, out count);

    /// <summary>Reads a tag number.</summary>
    public bool TryReadTag(out ulong tag) => TryReadHead(CborKind.Tag, out tag);

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public bool TryReadBoolean(out bool value)
    {
        const byte False = 0xF4, True = 0xF5;
        value = !AtEnd && _data[_at] == True;
        if (AtEnd || _data[_at] is not (False or True))
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>
    /// Reads the integer key of the next pair of a map. Keys must come in the deterministic order: start with
    /// <paramref name="key"/> at <see cref="BeforeFirstKey"/> and pass the previous key each time.
    /// </summary>
    public bool TryReadKey(ref long key)
    {
        if (!TryReadInteger(out var next) || (key != BeforeFirstKey && !Follows(key, next)))
        {
            return false;
        }

        key = next;
        return true;
    }

    /// <summary>The value of the key variable before the first key of a map is read.</summary>
    public const long BeforeFirstKey = long.MinValue;

    // RFC 8949 §4.2.1: bytewise order of the encoded keys. Unsigned (major type 0) sort before negative (major type 1),
    // and within each a larger argument sorts later, since longer heads start with a larger byte.
    private static bool Follows(long previous, long next) => (previous, next) switch
    {
        ( >= 0, >= 0) => next > previous,
        ( < 0, < 0) => next < previous,
        ( >= 0, < 0) => true,
        ( < 0, >= 0) => false,
    };

    private bool TryReadString(CborKind kind, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryReadHead(kind, out var length) || length > (ulong)(_data.Length - _at))
        {
            return false;
        }

        value = _data.Slice(_at, (int)length);
        _at += (int)length;
        return true;
    }

    // An item takes a byte at least: a count beyond the bytes left is a lie, refused before anything is sized by it.
    private bool TryReadCount(CborKind kind, int itemsEach, out int count)
    {
        count = 0;
        if (!TryReadHead(kind, out var argument) || argument > (ulong)((_data.Length - _at) / itemsEach))
        {
            return false;
        }

        count = (int)argument;
        return true;
    }

    private bool TryReadHead(CborKind kind, out ulong argument)
    {
        argument = 0;
        if (Peek() != kind)
        {
            return false;
        }

        var info = _data[_at] & 0x1F;
        if (info < 24)
        {
            argument = (ulong)info;
            _at++;
            return true;
        }

        var size = info switch { 24 => 1, 25 => 2, 26 => 4, 27 => 8, _ => 0 };
        if (size == 0 || _data.Length - _at - 1 < size)
        {
            return false;
        }

        var bytes = _data.Slice(_at + 1, size);
        (argument, var shortest) = size switch
        {
            1 => ((ulong)bytes[0], bytes[0] >= 24),
            2 => (BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[0] != 0),
            4 => (BinaryPrimitives.ReadUInt32BigEndian(bytes), (bytes[0] | bytes[1]) != 0),
            _ => (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes) != 0),
        };
        _at += 1 + size;
        return shortest;
    }
}
