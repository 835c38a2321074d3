using System.Runtime.InteropServices;
using SkiaSharp;

namespace TradeIdentity.Cli.Verifier;

/// <summary>Reads the QR code of a picture with the system's zbar library.</summary>
internal static class QrPicture
{
    private const long MaxPixels = 40_000_000;
    private const uint Y800 = 'Y' | '8' << 8 | '0' << 16 | '0' << 24;
    private const int QrCodeSymbology = 64;
    private const int EnableOption = 0;

    /// <exception cref="UsageException">There is no picture, no QR code in it, or no zbar library on this system.</exception>
    internal static string Read(string file)
    {
        using var codec = SKCodec.Create(file) ?? throw new UsageException($"{file} is not a picture that can be read.");
        if ((long)codec.Info.Width * codec.Info.Height > MaxPixels)
        {
            throw new UsageException($"{file} has more than {MaxPixels / 1_000_000} million pixels.");
        }

        using var picture = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Gray8, SKAlphaType.Opaque));
        using (var colours = SKBitmap.Decode(codec) ?? throw new UsageException($"{file} is damaged."))
        using (var canvas = new SKCanvas(picture))
        {
            canvas.Clear(SKColors.White);
            canvas.DrawBitmap(colours, 0, 0);
        }

        try
        {
            return Scan(picture) ?? throw new UsageException($"There is no QR code to be read in {file}.");
        }
        catch (DllNotFoundException)
        {
            throw new UsageException("Reading pictures needs the zbar library of the system (Debian: apt-get install libzbar0). Or give the text itself.");
        }
    }

    private static string? Scan(SKBitmap picture)
    {
        var scanner = Zbar.CreateScanner();
        var image = Zbar.CreateImage();
        try
        {
            _ = Zbar.Configure(scanner, 0, EnableOption, 0);
            _ = Zbar.Configure(scanner, QrCodeSymbology, EnableOption, 1);
            Zbar.SetFormat(image, Y800);
            Zbar.SetSize(image, (uint)picture.Width, (uint)picture.Height);
            var pixels = Pixels(picture);
            var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
            try
            {
                Zbar.SetData(image, pinned.AddrOfPinnedObject(), (nuint)pixels.Length, 0);
                return Zbar.Scan(scanner, image) > 0 && Zbar.FirstSymbol(image) is not 0 and var symbol
                    ? Marshal.PtrToStringUTF8(Zbar.Data(symbol), (int)Zbar.DataLength(symbol))
                    : null;
            }
            finally
            {
                pinned.Free();
            }
        }
        finally
        {
            Zbar.DestroyImage(image);
            Zbar.DestroyScanner(scanner);
        }
    }

    // Rows may be padded in the bitmap; zbar takes them without.
    private static byte[] Pixels(SKBitmap picture)
    {
        var pixels = new byte[picture.Width * picture.Height];
        for (var row = 0; row < picture.Height; row++)
        {
            picture.GetPixelSpan().Slice(row * picture.RowBytes, picture.Width).CopyTo(pixels.AsSpan(row * picture.Width));
        }

        return pixels;
    }
}
