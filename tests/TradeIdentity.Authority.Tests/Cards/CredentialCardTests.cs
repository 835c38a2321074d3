using System.Diagnostics;
using System.Globalization;
using SkiaSharp;
using TradeIdentity.Authority.Cards;

namespace TradeIdentity.Authority.Tests.Cards;

public sealed class CredentialCardTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("card-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string> Names =>
        ["Meridian Fictional Trading B.V.", CardSamples.LongName, CardSamples.ArabicName, CardSamples.ChineseName, "Al Noor النور (2020) & शर्मा, Ελλάς Ћирилица"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_one_page_that_a_scanner_reads_to_the_same_text(string legalName)
    {
        var pdf = Pdf(CardSamples.Of(legalName));

        Assert.Equal("%PDF"u8, pdf.AsSpan(0, 4));
        Assert.Equal(CardSamples.QrText, ScanOnlyPage(pdf));
    }

    [Fact]
    public void Reads_at_the_resolution_of_an_office_printer_with_the_largest_code_of_the_profile()
    {
        // Version 20 at M holds 970 alphanumeric characters.
        var content = CardSamples.Of() with { QrText = CardSamples.QrText.PadRight(970, 'X') };

        Assert.Equal(content.QrText, ScanOnlyPage(Pdf(content)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_a_glyph_for_every_character(string legalName)
    {
        var fonts = Fonts();

        var line = ShapedLine.Of(legalName, fonts.SemiBold, 12, TextDirection.IsRightToLeft(legalName));

        Assert.DoesNotContain(0u, line.GlyphIds);
    }

    [Fact]
    public void Joins_Arabic_letters()
    {
        var fonts = Fonts();
        const string Word = "شركة";

        var joined = ShapedLine.Of(Word, fonts.Regular, 12, rightToLeft: true).GlyphIds;
        var apart = Word.Reverse().SelectMany(letter => ShapedLine.Of(letter.ToString(), fonts.Regular, 12, rightToLeft: true).GlyphIds);

        Assert.NotEqual(apart, joined);
    }

    // Skia fills the box of this glyph where the font says that contours may overlap.
    [Fact]
    public void Leaves_the_counter_of_an_ideograph_white()
    {
        using var font = Fonts().SemiBold[2].At(1000);
        using var outline = font.GetGlyphPath(font.GetGlyph('司'));

        Assert.True(outline.Contains(197, -250), "The left stroke of the box is dark.");
        Assert.False(outline.Contains(389, -260), "The inside of the box is white.");
    }

    [Fact]
    public void Keeps_its_words_as_text_that_can_be_searched()
    {
        var text = Run("pdftotext", "poppler-utils", Write(Pdf(CardSamples.Of(CardSamples.ChineseName))), "-").Replace('\u00A0', ' ');

        Assert.Contains(CardSamples.ChineseName, text, StringComparison.Ordinal);
        Assert.Contains("12 March 2026", text, StringComparison.Ordinal);
        Assert.Contains("NLAEOS00005678", text, StringComparison.Ordinal);
        Assert.Contains("does not prove that its bearer belongs to the company", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_small_for_every_script(string legalName) => Assert.InRange(Pdf(CardSamples.Of(legalName)).Length, 1, 250_000);

    [Fact]
    public async Task Is_the_same_file_however_often_and_by_however_many_it_is_made()
    {
        var first = Pdf(CardSamples.Of(CardSamples.ArabicName));

        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Pdf(CardSamples.Of(CardSamples.ArabicName)))));

        Assert.All(others, other => Assert.Equal(first, other));
    }

    [Fact]
    public void Says_how_many_components_it_has_no_room_for()
    {
        var content = CardSamples.Of(CardSamples.LongName);
        content = content with { Credential = content.Credential with { Aeo = [.. Enumerable.Repeat(content.Credential.Aeo[0], 16)] } };

        var text = Text(Pdf(content));

        // The sheet has room for more of them than the card to cut out.
        var untold = text.Split("more, in the code").SkipLast(1).Sum(before => int.Parse(before.TrimEnd().Split(' ', '\n')[^1], CultureInfo.InvariantCulture));
        Assert.InRange(untold, 1, 31);
        Assert.Equal(32, untold + text.Split("NLAEOC00001234").Length - 1);
    }

    [Theory]
    [InlineData("חברה לדוגמה")]
    [InlineData("ბიზნესი 𞤀𞤁")]
    public void Leaves_a_name_out_whose_script_its_fonts_do_not_have_and_says_so(string legalName)
    {
        var pdf = Pdf(CardSamples.Of(legalName));

        var text = Text(pdf);
        Assert.Contains("in a script that cannot be printed here", text, StringComparison.Ordinal);
        Assert.DoesNotContain(legalName, text, StringComparison.Ordinal);
        Assert.Contains("Havenweg 12", text, StringComparison.Ordinal);
        Assert.Equal(CardSamples.QrText, ScanOnlyPage(pdf));
    }

    [Fact]
    public void Leaves_an_address_out_that_its_fonts_cannot_draw_and_nothing_else()
    {
        var content = CardSamples.Of();

        var text = Text(Pdf(content with { Credential = content.Credential with { Address = "רחוב הדוגמה 1" } }));

        Assert.DoesNotContain("Registered address", text, StringComparison.Ordinal);
        Assert.Contains("Meridian Fictional Trading B.V.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be printed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_a_sheet_of_A4_that_says_where_to_verify_it_and_how_to_cut_it()
    {
        var pdf = Write(Pdf(CardSamples.Of()));

        Assert.Contains("(A4)", Run("pdfinfo", "poppler-utils", pdf), StringComparison.Ordinal);
        var text = Run("pdftotext", "poppler-utils", pdf, "-");
        // A line may end after a slash.
        Assert.Contains("identity.customs.example/verify", text.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.Contains("fold along the middle", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_authority_whose_name_its_fonts_cannot_draw()
    {
        _ = Fonts();

        var outcome = CredentialCard.ToPdf(CardSamples.Of() with { IssuerName = "רשות המכס" });

        Assert.Equal("card_script_unsupported", outcome.Refusal?.Code);
    }

    [Fact]
    public void Names_Node_where_its_fonts_are_missing()
    {
        var refusal = CardFonts.Missing(_folder.FullName);

        Assert.Equal("pdf_unavailable", refusal?.Code);
        Assert.Contains("Node.js 20", refusal?.Detail, StringComparison.Ordinal);
    }

    private static CardFonts Fonts()
    {
        Assert.SkipUnless(CardFonts.Load().TryGet(out var fonts, out _), "No fonts: Node.js 20 was missing when this was built.");
        return fonts;
    }

    private static byte[] Pdf(CardContent content)
    {
        _ = Fonts();
        Assert.True(CredentialCard.ToPdf(content).TryGet(out var pdf, out var refusal), refusal?.Detail);
        return pdf;
    }

    private string Text(byte[] pdf) => Run("pdftotext", "poppler-utils", "-layout", Write(pdf), "-");

    private string Write(byte[] pdf)
    {
        var path = Path.Combine(_folder.FullName, "card.pdf");
        File.WriteAllBytes(path, pdf);
        return path;
    }

    private string ScanOnlyPage(byte[] pdf)
    {
        Run("pdftoppm", "poppler-utils", "-r", "300", "-png", Write(pdf), Path.Combine(_folder.FullName, "page"));
        var page = Assert.Single(_folder.GetFiles("page*.png"));
        return Run("zbarimg", "zbar-tools", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", page.FullName).TrimEnd('\n');
    }

    private static string Run(string tool, string package, params string[] arguments)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
        Assert.SkipUnless(found, $"{tool} is missing: install {package}.");
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool}: {errors.Result}");
        return output;
    }
}
