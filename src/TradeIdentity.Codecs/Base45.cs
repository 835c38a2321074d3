using System.Buffers;

namespace TradeIdentity.Codecs;

/// <summary>
/// Base45 (RFC 9285): two bytes in three characters of QR alphanumeric mode. Strict: upper case only, no white space,
/// no value that the encoder would not write, so a byte string has exactly one text.
/// </summary>
public static class Base45
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private const byte Invalid = 0xFF;
    private static readonly byte[] Values = BuildValues();

    /// <summary>Characters that <paramref name="byteCount"/> bytes take.</summary>
    public static int EncodedLength(int byteCount) => byteCount / 2 * 3 + byteCount % 2 * 2;

    /// <summary>Bytes that <paramref name="charCount"/> characters hold at most.</summary>
    public static int MaxDecodedLength(int charCount) => charCount / 3 * 2 + charCount % 3 / 2;

    /// <summary>Decodes <paramref name="text"/> into <paramref name="bytes"/>.</summary>
    /// <param name="text">Base45 text, the whole of it.</param>
    /// <param name="bytes">Receives the bytes; <see cref="MaxDecodedLength"/> of them are enough.</param>
    /// <param name="written">How many bytes were written; 0 unless the answer is <see cref="OperationStatus.Done"/>.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.InvalidData"/> for a character outside the alphabet, a
    /// length of 3n + 1, or a group beyond 65535 (255 for the last one; RFC 9285 §6); <see cref="OperationStatus.DestinationTooSmall"/>.
    /// </returns>
    public static OperationStatus Decode(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        if (text.Length % 3 == 1)
        {
            return OperationStatus.InvalidData;
        }

        if (bytes.Length < MaxDecodedLength(text.Length))
        {
            return OperationStatus.DestinationTooSmall;
        }

        var at = 0;
        var groups = text[..(text.Length - text.Length % 3)];
        for (var i = 0; i < groups.Length; i += 3)
        {
            int c = Value(groups[i]), d = Value(groups[i + 1]), e = Value(groups[i + 2]);
            var value = c + d * 45 + e * 45 * 45;
            if (c == Invalid || d == Invalid || e == Invalid || value > ushort.MaxValue)
            {
                return OperationStatus.InvalidData;
            }

            bytes[at] = (byte)(value >> 8);
            bytes[at + 1] = (byte)value;
            at += 2;
        }

        if (text.Length % 3 == 2)
        {
            int c = Value(text[^2]), d = Value(text[^1]);
            var value = c + d * 45;
            if (c == Invalid || d == Invalid || value > byte.MaxValue)
            {
                return OperationStatus.InvalidData;
            }

            bytes[at++] = (byte)value;
        }

        written = at;
        return OperationStatus.Done;
    }

    /// <summary>Encodes <paramref name="bytes"/> as Base45 text.</summary>
    /// <param name="bytes">Any bytes.</param>
    public static string Encode(ReadOnlySpan<byte> bytes) =>
        string.Create(EncodedLength(bytes.Length), bytes, static (text, bytes) => Fill(bytes, text));

    private static void Fill(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        var at = 0;
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            var value = bytes[i] << 8 | bytes[i + 1];
            text[at++] = Alphabet[value % 45];
            text[at++] = Alphabet[value / 45 % 45];
            text[at++] = Alphabet[value / (45 * 45)];
        }

        if (bytes.Length % 2 == 1)
        {
            text[at++] = Alphabet[bytes[^1] % 45];
            text[at] = Alphabet[bytes[^1] / 45];
        }
    }

    private static int Value(char c) => c < 128 ? Values[c] : Invalid;

    private static byte[] BuildValues()
    {
        var values = new byte[128];
        values.AsSpan().Fill(Invalid);
        for (var i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (byte)i;
        }

        return values;
    }
}
