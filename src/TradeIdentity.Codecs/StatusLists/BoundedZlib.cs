using System.Buffers;
using System.IO.Compression;

namespace TradeIdentity.Codecs.StatusLists;

/// <summary>
/// Inflates zlib streams (RFC 1950) under a hard bound: never more output than the bound is made, whatever the stream says.
/// </summary>
public static class BoundedZlib
{
    /// <summary>Inflates the whole of <paramref name="zlib"/> to exactly the length of <paramref name="destination"/>.</summary>
    /// <returns>False for a damaged stream, bytes after it, or another length.</returns>
    public static bool TryInflateExactly(ReadOnlySpan<byte> zlib, Span<byte> destination) =>
        TryInflate(zlib, destination, out var written) && written == destination.Length;

    /// <summary>Inflates the whole of <paramref name="zlib"/> to at most <paramref name="maxLength"/> bytes.</summary>
    /// <returns>False for a damaged stream, bytes after it, or more output than allowed.</returns>
    public static bool TryInflate(ReadOnlySpan<byte> zlib, int maxLength, out byte[] bytes)
    {
        bytes = [];

        // Deflate makes at most 1,032 bytes of one: a short stream needs no buffer for the whole bound.
        const int MostFromOneByte = 1032;
        var capacity = (int)Math.Min(maxLength, (long)zlib.Length * MostFromOneByte);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 1));
        try
        {
            if (!TryInflate(zlib, buffer.AsSpan(0, capacity), out var written))
            {
                return false;
            }

            bytes = buffer[..written];
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryInflate(ReadOnlySpan<byte> zlib, Span<byte> destination, out int written)
    {
        written = 0;
        const int HeaderLength = 2, ChecksumLength = 4;
        if (zlib.Length <= HeaderLength + ChecksumLength || !IsHeader(zlib))
        {
            return false;
        }

        using var stream = new EndMarkingStream(zlib.ToArray());
        using var inflater = new ZLibStream(stream, CompressionMode.Decompress);
        try
        {
            written = inflater.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            return (written < destination.Length || inflater.ReadByte() == -1) && stream.EndedExactly;
        }
        catch (InvalidDataException)
        {
            // The platform's only way to say that the stream is broken, its Adler-32 included.
            return false;
        }
    }

    // RFC 1950 §2.2: method 8, window up to 32 KB, no preset dictionary, header a multiple of 31.
    private static bool IsHeader(ReadOnlySpan<byte> zlib) =>
        (zlib[0] & 0x0F) == 8 && zlib[0] >> 4 <= 7 && (zlib[1] & 0x20) == 0 && (zlib[0] << 8 | zlib[1]) % 31 == 0;
}
