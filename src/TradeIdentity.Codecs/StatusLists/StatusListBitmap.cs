using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Numerics;

namespace TradeIdentity.Codecs.StatusLists;

/// <summary>
/// The byte array of a Token Status List (draft-ietf-oauth-status-list §4): 1, 2, 4 or 8 bits an index, the lowest index
/// in the least significant bits. A look-up allocates nothing; ten million indexes of 2 bits take 2.5 MB.
/// </summary>
public sealed class StatusListBitmap
{
    /// <summary>Indexes that a list may have at most: 16,777,216, so that a compressed bomb has a bound.</summary>
    public const int MaxCount = 1 << 24;

    private readonly byte[] _bytes;
    private readonly int _perByteShift;
    private readonly int _mask;

    /// <summary>A list of <paramref name="count"/> indexes, all 0.</summary>
    /// <param name="bits">1, 2, 4 or 8.</param>
    /// <param name="count">1 to <see cref="MaxCount"/>.</param>
    public StatusListBitmap(int bits, int count)
        : this(bits, count, new byte[ByteLength(bits, count)])
    {
    }

    private StatusListBitmap(int bits, int count, byte[] bytes)
    {
        Bits = bits;
        Count = count;
        _bytes = bytes;
        _perByteShift = BitOperations.Log2((uint)(8 / bits));
        _mask = (1 << bits) - 1;
    }

    /// <summary>Bits an index: 1, 2, 4 or 8.</summary>
    public int Bits { get; }

    /// <summary>How many indexes there are.</summary>
    public int Count { get; }

    /// <summary>The byte array; bits beyond <see cref="Count"/> are 0.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The value at <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such index: draft §8.3 has it refused, never read as 0.</exception>
    public int Get(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return (_bytes[index >> _perByteShift] >> Shift(index)) & _mask;
    }

    /// <summary>Sets the value at <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such index, or the value takes more bits.</exception>
    /// <exception cref="InvalidOperationException">The list was made read-only.</exception>
    public void Set(int index, int value)
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException("The list is read-only: change a clone.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)_mask, nameof(value));
        ref var cell = ref _bytes[index >> _perByteShift];
        cell = (byte)((cell & ~(_mask << Shift(index))) | (value << Shift(index)));
    }

    /// <summary>Whether <see cref="Set"/> is refused.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>From now on <see cref="Set"/> is refused: what was verified stays what was verified.</summary>
    public void MakeReadOnly() => IsReadOnly = true;

    /// <summary>An independent copy, which can be changed.</summary>
    public StatusListBitmap Clone() => new(Bits, Count, [.. _bytes]);

    /// <summary>The indexes that have <paramref name="value"/>, ascending.</summary>
    /// <param name="value">Not 0: nearly every index has it.</param>
    public int[] IndexesOf(int value)
    {
        ArgumentOutOfRangeException.ThrowIfZero(value);
        var found = new List<int>();
        var perByte = 8 / Bits;
        for (var at = 0; at < _bytes.Length; at++)
        {
            // Most bytes are 0: skip them whole.
            for (var place = 0; _bytes[at] != 0 && place < perByte; place++)
            {
                if (((_bytes[at] >> (place * Bits)) & _mask) == value)
                {
                    found.Add(at * perByte + place);
                }
            }
        }

        return [.. found];
    }

    /// <summary>The byte array, compressed with DEFLATE in the zlib format (draft §4.1).</summary>
    public byte[] Compress()
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.SmallestSize))
        {
            zlib.Write(_bytes);
        }

        return output.ToArray();
    }

    /// <summary>Inflates the byte array of a list whose length is known.</summary>
    /// <param name="zlib">The zlib stream, all of it.</param>
    /// <param name="bits">1, 2, 4 or 8.</param>
    /// <param name="count">How many indexes it has; the inflated bytes must be just as many as these take, the bits beyond 0.</param>
    /// <param name="bitmap">The list; null where the answer is false.</param>
    public static bool TryDecompress(ReadOnlySpan<byte> zlib, int bits, int count, [NotNullWhen(true)] out StatusListBitmap? bitmap)
    {
        bitmap = null;
        if (!IsWidth(bits) || count is < 1 or > MaxCount)
        {
            return false;
        }

        var bytes = new byte[ByteLength(bits, count)];
        if (!BoundedZlib.TryInflateExactly(zlib, bytes) || HasBitsBeyond(bytes, bits, count))
        {
            return false;
        }

        bitmap = new StatusListBitmap(bits, count, bytes);
        return true;
    }

    /// <summary>Inflates the byte array of a list as published, whose length is as many indexes as its bytes hold.</summary>
    /// <param name="zlib">The zlib stream, all of it.</param>
    /// <param name="bits">1, 2, 4 or 8.</param>
    /// <param name="bitmap">The list; null where the answer is false.</param>
    public static bool TryDecompress(ReadOnlySpan<byte> zlib, int bits, [NotNullWhen(true)] out StatusListBitmap? bitmap)
    {
        bitmap = null;
        if (!IsWidth(bits) || !BoundedZlib.TryInflate(zlib, MaxCount / (8 / bits), out var bytes) || bytes.Length == 0)
        {
            return false;
        }

        bitmap = new StatusListBitmap(bits, bytes.Length * (8 / bits), bytes);
        return true;
    }

    private int Shift(int index) => (index & ((1 << _perByteShift) - 1)) * Bits;

    private static bool IsWidth(int bits) => bits is 1 or 2 or 4 or 8;

    private static int ByteLength(int bits, int count)
    {
        if (!IsWidth(bits))
        {
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "1, 2, 4 or 8.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        return (int)(((long)count * bits + 7) / 8);
    }

    private static bool HasBitsBeyond(byte[] bytes, int bits, int count)
    {
        var used = (int)((long)count * bits % 8);
        return used != 0 && bytes[^1] >> used != 0;
    }
}
