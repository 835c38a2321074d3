using System.Buffers.Binary;
using System.Formats.Cbor;

namespace TradeIdentity.Codecs.Cbor;

/// <summary>
/// The wall around CBOR that others wrote: indefinite lengths, floats and long heads are allowed, duplicate keys and bad
/// UTF-8 are not, depth is bounded, and nothing follows the item. Turns what the platform's reader throws into false.
/// </summary>
internal static class ForeignCbor
{
    /// <summary>Levels of nesting. HCERT takes 5, Claim 169 takes 5; the rest is room for unknown members.</summary>
    public const int MaxDepth = 16;

    private const long Indefinite = -1;

    /// <summary>Reads the one item that <paramref name="bytes"/> are.</summary>
    /// <param name="bytes">The item, all of it.</param>
    /// <param name="read">Reads it; null where it is not what the caller wants.</param>
    /// <param name="value">What was read; null unless the answer is true.</param>
    public static bool TryRead<T>(ReadOnlyMemory<byte> bytes, Func<CborReader, T?> read, out T? value)
        where T : class
    {
        value = null;
        if (!IsWithinBounds(bytes.Span))
        {
            return false;
        }

        try
        {
            var reader = new CborReader(bytes, CborConformanceMode.Strict);
            var item = read(reader);
            value = reader.BytesRemaining == 0 ? item : null;
            return value is not null;
        }
        catch (CborContentException)
        {
            // Not well-formed, or not valid.
            return false;
        }
        catch (InvalidOperationException)
        {
            // The reader's way to say that the item is of another type.
            return false;
        }
        catch (OverflowException)
        {
            // The reader's way to say that an integer is too large.
            return false;
        }
    }

    /// <summary>Whether <paramref name="data"/> is one item by its heads: lengths that its bytes bear out, bounded depth.</summary>
    public static bool IsWithinBounds(ReadOnlySpan<byte> data)
    {
        // Items that each open level still wants. A level that is complete closes, which completes an item of the one above.
        Span<long> wanted = stackalloc long[MaxDepth + 1];
        wanted[0] = 1;
        var depth = 0;
        var at = 0;
        while (at < data.Length)
        {
            const byte Break = 0xFF;
            if (data[at] == Break)
            {
                if (depth == 0 || wanted[depth] != Indefinite)
                {
                    return false;
                }

                at++;
                depth--;
            }
            else if (!TryReadHead(data, ref at, out var kind, out var argument, out var isIndefinite))
            {
                return false;
            }
            else
            {
                var rest = (ulong)(data.Length - at);
                var inside = kind switch
                {
                    _ when isIndefinite => Indefinite,
                    CborKind.Array => argument <= rest ? (long)argument : -2,
                    CborKind.Map => argument <= rest / 2 ? (long)argument * 2 : -2,
                    CborKind.Tag => 1,
                    CborKind.Bytes or CborKind.Text => argument <= rest ? 0 : -2,
                    _ => 0,
                };
                if (inside == -2)
                {
                    return false;
                }

                at += kind is CborKind.Bytes or CborKind.Text && !isIndefinite ? (int)argument : 0;
                if (inside != 0)
                {
                    if (depth == MaxDepth)
                    {
                        return false;
                    }

                    wanted[++depth] = inside;
                    continue;
                }
            }

            while (depth >= 0 && wanted[depth] != Indefinite && --wanted[depth] == 0)
            {
                depth--;
            }

            if (depth < 0)
            {
                return at == data.Length;
            }
        }

        return false;
    }

    private static bool TryReadHead(ReadOnlySpan<byte> data, ref int at, out CborKind kind, out ulong argument, out bool isIndefinite)
    {
        kind = (CborKind)(data[at] >> 5);
        var info = data[at] & 0x1F;
        argument = (ulong)info;
        isIndefinite = info == 31 && kind is (CborKind.Bytes or CborKind.Text or CborKind.Array or CborKind.Map);
        at++;
        if (info < 24 || isIndefinite)
        {
            return true;
        }

        var size = info switch { 24 => 1, 25 => 2, 26 => 4, 27 => 8, _ => 0 };
        if (size == 0 || data.Length - at < size)
        {
            return false;
        }

        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        data.Slice(at, size).CopyTo(wide[(8 - size)..]);
        argument = BinaryPrimitives.ReadUInt64BigEndian(wide);
        at += size;
        return true;
    }
}
