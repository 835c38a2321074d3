namespace TradeIdentity.Codecs.StatusLists;

/// <summary>
/// Ascending, distinct indexes as Golomb–Rice coded gaps: within a percent of the information limit for scattered indexes.
/// One encoding for one set: <c>count</c> as a LEB128 number, then (unless it is 0) one byte <c>k</c>, then for each gap its
/// quotient by 2^k in unary (ones, then a zero) and its remainder in k bits, most significant first; the last byte is
/// padded with zeros. The gap of the first index is the index itself; of each later one, the distance less one.
/// </summary>
public static class RiceCodedIndexes
{
    private const int MaxParameter = 24;

    /// <summary>Encodes <paramref name="indexes"/> with the parameter that makes them shortest.</summary>
    /// <param name="indexes">Ascending, distinct, not negative.</param>
    public static byte[] Encode(ReadOnlySpan<int> indexes)
    {
        var output = new List<byte>(indexes.Length + 8);
        WriteCount(output, indexes.Length);
        if (indexes.Length == 0)
        {
            return [.. output];
        }

        var parameter = BestParameter(indexes);
        output.Add((byte)parameter);
        int bitsFree = 0, next = 0;
        foreach (var index in indexes)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(index, next, nameof(indexes));
            var gap = index - next;
            next = index + 1;
            for (var quotient = gap >> parameter; quotient > 0; quotient--)
            {
                WriteBit(output, ref bitsFree, 1);
            }

            WriteBit(output, ref bitsFree, 0);
            for (var bit = parameter - 1; bit >= 0; bit--)
            {
                WriteBit(output, ref bitsFree, (gap >> bit) & 1);
            }
        }

        return [.. output];
    }

    /// <summary>Decodes what <see cref="Encode"/> wrote, and nothing else.</summary>
    /// <param name="bytes">The whole encoding.</param>
    /// <param name="limit">Every index is below it; it also bounds the count, and so what is allocated.</param>
    /// <param name="indexes">Ascending, distinct; empty where the answer is false.</param>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, int limit, out int[] indexes)
    {
        indexes = [];
        if (!TryReadCount(ref bytes, out var count) || count > limit)
        {
            return false;
        }

        if (count == 0)
        {
            return bytes.Length == 0;
        }

        // A gap takes a bit at least.
        if (bytes.Length < 1 || bytes[0] > MaxParameter || count > (bytes.Length - 1) * 8L)
        {
            return false;
        }

        var parameter = bytes[0];
        var bits = new BitReader(bytes[1..]);
        var read = new int[count];
        long next = 0;
        for (var i = 0; i < count; i++)
        {
            if (!bits.TryReadUnary(limit >> parameter, out var quotient) || !bits.TryReadBits(parameter, out var remainder))
            {
                return false;
            }

            next += ((long)quotient << parameter) + remainder;
            if (next >= limit)
            {
                return false;
            }

            read[i] = (int)next++;
        }

        if (!bits.AtPaddedEnd || BestParameter(read) != parameter)
        {
            return false;
        }

        indexes = read;
        return true;
    }

    // The smallest parameter of those that give the fewest bits, so that writer and reader agree on one.
    private static int BestParameter(ReadOnlySpan<int> indexes)
    {
        var best = 0;
        var bestBits = long.MaxValue;
        for (var parameter = 0; parameter <= MaxParameter; parameter++)
        {
            var total = indexes.Length * (1L + parameter);
            var next = 0;
            foreach (var index in indexes)
            {
                total += (index - next) >> parameter;
                next = index + 1;
            }

            if (total < bestBits)
            {
                (best, bestBits) = (parameter, total);
            }
        }

        return best;
    }

    private static void WriteBit(List<byte> output, ref int bitsFree, int bit)
    {
        if (bitsFree == 0)
        {
            output.Add(0);
            bitsFree = 8;
        }

        output[^1] |= (byte)(bit << --bitsFree);
    }

    private static void WriteCount(List<byte> output, int count)
    {
        for (; count >= 0x80; count >>= 7)
        {
            output.Add((byte)(count | 0x80));
        }

        output.Add((byte)count);
    }

    private static bool TryReadCount(ref ReadOnlySpan<byte> bytes, out int count)
    {
        const int MaxLength = 4; // 28 bits, beyond every list.
        count = 0;
        for (var i = 0; i < Math.Min(bytes.Length, MaxLength); i++)
        {
            count |= (bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                var isShortest = i == 0 || bytes[i] != 0;
                bytes = bytes[(i + 1)..];
                return isShortest;
            }
        }

        return false;
    }

    private ref struct BitReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at;

        // Whole bytes are used up and what is left of the last one is zero.
        public readonly bool AtPaddedEnd =>
            (_at + 7) / 8 == _bytes.Length && (_at % 8 == 0 || (byte)(_bytes[^1] << (_at % 8)) == 0);

        public bool TryReadUnary(int max, out int value)
        {
            value = 0;
            while (_at < _bytes.Length * 8)
            {
                var bit = _bytes[_at / 8] >> (7 - _at % 8) & 1;
                _at++;
                if (bit == 0)
                {
                    return true;
                }

                if (++value > max)
                {
                    return false;
                }
            }

            return false;
        }

        public bool TryReadBits(int count, out int value)
        {
            value = 0;
            if (_at + count > _bytes.Length * 8)
            {
                return false;
            }

            for (; count > 0; count--, _at++)
            {
                value = value << 1 | (_bytes[_at / 8] >> (7 - _at % 8) & 1);
            }

            return true;
        }
    }
}
