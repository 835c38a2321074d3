using System.Runtime.InteropServices;
using SkiaSharp;
using TradeIdentity.Codecs.QrText;

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
        // The decoder makes no difference between no file and no picture.
        using var stream = BundleInput.OpenFile(file);
        using var codec = SKCodec.Create(stream) ?? throw new UsageException($"{file} is not a picture that can be read.");
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
            return OneOf(Scan(picture), file);
        }
        catch (DllNotFoundException)
        {
            throw new UsageException("Reading pictures needs the zbar library of the system (Debian: apt-get install libzbar0). Or give the text itself.");
        }
    }

    // A card may show a web address beside its credential; of two credentials, nobody could say which one was judged.
    private static string OneOf(HashSet<string> texts, string file)
    {
        var credentials = texts.Where(text => Ti1Text.HasPrefix(text)).ToList();
        return (texts.Count, credentials.Count) switch
        {
            (0, _) => throw new UsageException($"There is no QR code to be read in {file}."),
            (_, 1) => credentials[0],
            (1, _) => texts.Single(),
            (_, 0) => throw new UsageException($"There are {texts.Count} QR codes in {file}, and none is a trade credential."),
            _ => throw new UsageException($"There are {credentials.Count} trade credentials in {file}: show one."),
        };
    }

    private static HashSet<string> TextsOf(nint image)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (var symbol = Zbar.FirstSymbol(image); symbol != 0; symbol = Zbar.NextSymbol(symbol))
        {
            texts.Add(Marshal.PtrToStringUTF8(Zbar.Data(symbol), (int)Zbar.DataLength(symbol)));
        }

        return texts;
    }

    private static HashSet<string> Scan(SKBitmap picture)
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
                _ = Zbar.Scan(scanner, image);
                return TextsOf(image);
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
