namespace TradeIdentity.Authority.Cards;

/// <summary>
/// The fonts of the card, from <c>fonts/</c> beside the program, where the build put them. They are opened, and the native
/// libraries with them, when the first card is asked for.
/// </summary>
internal sealed class CardFonts
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fonts");

    private static readonly string[] RegularFiles = ["NotoSans_400Regular.ttf", "NotoSansArabic_400Regular.ttf", "NotoSansSC_500Medium.ttf"];
    private static readonly string[] SemiBoldFiles = ["NotoSans_600SemiBold.ttf", "NotoSansArabic_600SemiBold.ttf", "NotoSansSC_500Medium.ttf"];

    private static readonly Lazy<CardFonts> Loaded = new(() => new CardFonts());

    private CardFonts()
    {
        var byFile = Files.ToDictionary(file => file, file => CardFont.Open(Path.Combine(Folder, file)));
        Regular = [.. RegularFiles.Select(file => byFile[file])];
        SemiBold = [.. SemiBoldFiles.Select(file => byFile[file])];
    }

    /// <summary>In the order in which they are tried for each character.</summary>
    internal IReadOnlyList<CardFont> Regular { get; }

    internal IReadOnlyList<CardFont> SemiBold { get; }

    private static IEnumerable<string> Files => RegularFiles.Union(SemiBoldFiles);

    internal static Outcome<CardFonts> Load() => Missing(Folder) is { } refusal ? refusal : Loaded.Value;

    /// <summary>The refusal where a font is not in <paramref name="folder"/>; null where all are.</summary>
    internal static Refusal? Missing(string folder) =>
        Files.All(file => File.Exists(Path.Combine(folder, file)))
            ? null
            : new Refusal("pdf_unavailable", "The fonts of the PDF card are missing: install Node.js 20 and build again. The QR code is there as PNG and SVG.");
}
