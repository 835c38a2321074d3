namespace TradeIdentity.Fuzz;

/// <summary>Damages seeds: one to four changes each, of the kinds that parsers trip over.</summary>
public sealed class Mutator(Xoshiro random)
{
    private const int MaxLength = 1 << 20;

    // Heads of CBOR that promise a length, a depth or an end; quotes and brackets of JSON; the edges of a byte.
    private static readonly byte[] Interesting =
    [
        0x00, 0x01, 0x17, 0x18, 0x1B, 0x3B, 0x40, 0x58, 0x5B, 0x5F, 0x7B, 0x7F, 0x80, 0x9B, 0x9F, 0xA0, 0xBB, 0xBF, 0xC1, 0xD2, 0xD8,
        0xF6, 0xF9, 0xFB, 0xFF, (byte)'"', (byte)'{', (byte)'[', (byte)'\\', (byte)'.', (byte)'-', (byte)'0', (byte)'A', (byte)':', (byte)' ',
    ];

    public byte[] Mutate(IReadOnlyList<byte[]> seeds)
    {
        var bytes = seeds.Count == 0 ? Noise(64) : seeds[random.Below(seeds.Count)];
        for (var changes = 1 + random.Below(4); changes > 0; changes--)
        {
            bytes = Change(bytes, seeds);
        }

        return bytes.Length <= MaxLength ? bytes : bytes[..MaxLength];
    }

    private byte[] Change(byte[] bytes, IReadOnlyList<byte[]> seeds)
    {
        var at = random.Below(bytes.Length);
        var to = at + random.Below(Math.Min(bytes.Length - at, 64) + 1);
        return random.Below(10) switch
        {
            0 => Set(bytes, at, b => (byte)(b ^ 1 << random.Below(8))),
            1 => Set(bytes, at, _ => Interesting[random.Below(Interesting.Length)]),
            2 => Set(bytes, at, b => (byte)(b + (random.Below(2) == 0 ? 1 : -1))),
            3 => bytes[..at],
            4 => [.. bytes[..at], .. bytes[to..]],
            5 => [.. bytes[..at], .. Noise(1 + random.Below(16)), .. bytes[at..]],
            6 => [.. bytes[..to], .. bytes[at..]],
            7 when seeds.Count > 1 => Splice(bytes, at, seeds[random.Below(seeds.Count)]),
            8 => [.. bytes[..at], .. Enumerable.Repeat(Interesting[random.Below(Interesting.Length)], 1 + random.Below(300)), .. bytes[at..]],
            _ => WithLength(bytes),
        };
    }

    private static byte[] Set(byte[] bytes, int at, Func<byte, byte> change)
    {
        if (bytes.Length == 0)
        {
            return bytes;
        }

        byte[] changed = [.. bytes];
        changed[at] = change(changed[at]);
        return changed;
    }

    private byte[] Splice(byte[] bytes, int at, byte[] other) => [.. bytes[..at], .. other[random.Below(other.Length)..]];

    // A head of CBOR with a long argument, and any number in it: a length that lies.
    private byte[] WithLength(byte[] bytes)
    {
        var heads = bytes.Index().Where(each => (each.Item & 0x1F) is 0x18 or 0x19 or 0x1A or 0x1B).Select(each => each.Index).ToList();
        if (heads.Count == 0)
        {
            return bytes;
        }

        byte[] changed = [.. bytes];
        var head = heads[random.Below(heads.Count)];
        var size = 1 << (changed[head] & 0x1F) - 0x18;
        for (var i = head + 1; i <= head + size && i < changed.Length; i++)
        {
            changed[i] = random.Below(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next() };
        }

        return changed;
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        for (var i = 0; i < length; i++)
        {
            noise[i] = (byte)random.Next();
        }

        return noise;
    }
}
