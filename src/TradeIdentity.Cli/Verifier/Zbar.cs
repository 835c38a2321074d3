using System.Runtime.InteropServices;

namespace TradeIdentity.Cli.Verifier;

/// <summary>The calls of the system's libzbar that reading a QR code takes (zbar.h).</summary>
internal static partial class Zbar
{
    private const string Library = "libzbar.so.0";

    [LibraryImport(Library, EntryPoint = "zbar_image_scanner_create")]
    internal static partial nint CreateScanner();

    [LibraryImport(Library, EntryPoint = "zbar_image_scanner_destroy")]
    internal static partial void DestroyScanner(nint scanner);

    [LibraryImport(Library, EntryPoint = "zbar_image_scanner_set_config")]
    internal static partial int Configure(nint scanner, int symbology, int option, int value);

    [LibraryImport(Library, EntryPoint = "zbar_scan_image")]
    internal static partial int Scan(nint scanner, nint image);

    [LibraryImport(Library, EntryPoint = "zbar_image_create")]
    internal static partial nint CreateImage();

    [LibraryImport(Library, EntryPoint = "zbar_image_destroy")]
    internal static partial void DestroyImage(nint image);

    [LibraryImport(Library, EntryPoint = "zbar_image_set_format")]
    internal static partial void SetFormat(nint image, uint fourcc);

    [LibraryImport(Library, EntryPoint = "zbar_image_set_size")]
    internal static partial void SetSize(nint image, uint width, uint height);

    [LibraryImport(Library, EntryPoint = "zbar_image_set_data")]
    internal static partial void SetData(nint image, nint data, nuint length, nint cleanup);

    [LibraryImport(Library, EntryPoint = "zbar_image_first_symbol")]
    internal static partial nint FirstSymbol(nint image);

    [LibraryImport(Library, EntryPoint = "zbar_symbol_next")]
    internal static partial nint NextSymbol(nint symbol);

    [LibraryImport(Library, EntryPoint = "zbar_symbol_get_data")]
    internal static partial nint Data(nint symbol);

    [LibraryImport(Library, EntryPoint = "zbar_symbol_get_data_length")]
    internal static partial uint DataLength(nint symbol);
}
