using QRCoder;
using SkiaSharp;
using TradeIdentity.Tests.Processes;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Tests;

namespace TradeIdentity.Cli.Tests.Verifier;

public sealed class PictureTests(PostFolder post) : IClassFixture<PostFolder>
{
    private const int Usage = 64;

    [Fact]
    public async Task A_credential_is_found_beside_another_code()
    {
        var run = await VerifyAsync("https://customs.example/help", post.Text);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    [Fact]
    public async Task Of_two_credentials_none_is_judged()
    {
        var other = post.Issuer.Text(TestIssuer.Company with { Status = new StatusReference(TestIssuer.List, TestIssuer.RevokedIndex) });
        var run = await VerifyAsync(other, post.Text);
        Assert.Equal((Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("2 trade credentials", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_is_not_there_is_told_as_such()
    {
        var run = await post.VerifyAsync("--image", "none.png");
        Assert.Equal(Usage, run.ExitCode);
        Assert.StartsWith("none.png cannot be read: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_without_a_code_and_one_beyond_the_bound_are_refused()
    {
        using (var empty = new SKBitmap(200, 200, SKColorType.Gray8, SKAlphaType.Opaque))
        {
            Save(empty, "empty.png");
        }

        using (var large = new SKBitmap(20_000, 2_001, SKColorType.Gray8, SKAlphaType.Opaque))
        {
            Save(large, "large.png");
        }

        var none = await post.VerifyAsync("--image", "empty.png");
        SkipWithoutZbar(none);
        Assert.Equal(Usage, none.ExitCode);
        Assert.Contains("no QR code", none.Error, StringComparison.Ordinal);
        var beyond = await post.VerifyAsync("--image", "large.png");
        Assert.Equal(Usage, beyond.ExitCode);
        Assert.Contains("40 million pixels", beyond.Error, StringComparison.Ordinal);
    }

    private async Task<ProgramRun> VerifyAsync(params string[] texts)
    {
        const int Side = 700;
        using (var sheet = new SKBitmap(Side * texts.Length, Side, SKColorType.Gray8, SKAlphaType.Opaque))
        {
            using var canvas = new SKCanvas(sheet);
            canvas.Clear(SKColors.White);
            for (var i = 0; i < texts.Length; i++)
            {
                using var data = QRCodeGenerator.GenerateQrCode(texts[i], QRCodeGenerator.ECCLevel.M);
                using var code = SKBitmap.Decode(new PngByteQRCode(data).GetGraphic(pixelsPerModule: 7));
                canvas.DrawBitmap(code, i * Side, 0);
            }

            Save(sheet, "sheet.png");
        }

        var run = await post.VerifyAsync("--image", "sheet.png");
        SkipWithoutZbar(run);
        return run;
    }

    private void Save(SKBitmap picture, string file)
    {
        using var png = picture.Encode(SKEncodedImageFormat.Png, quality: 100);
        post.Write(file, png.ToArray());
    }

    private static void SkipWithoutZbar(ProgramRun run) =>
        Assert.SkipWhen(run.Error.Contains("zbar library", StringComparison.Ordinal), "The zbar library is not installed.");
}
