using QRCoder;
using TradeIdentity.Authority.Credentials;

namespace TradeIdentity.Authority.Cards;

/// <summary>A credential's QR code as a picture: alphanumeric mode, error correction M, with its quiet zone.</summary>
public static class QrImage
{
    // 203 dpi thermal printers need 3 dots a module, screens more: 8 serves both, and a version 14 code stays under 650 pixels.
    private const int PixelsPerModule = 8;

    public static byte[] Png(IssuedCredential credential)
    {
        using var data = Encode(credential);
        using var png = new PngByteQRCode(data);
        return png.GetGraphic(PixelsPerModule);
    }

    public static string Svg(IssuedCredential credential)
    {
        using var data = Encode(credential);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(PixelsPerModule, "#000000", "#ffffff", sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    private static QRCodeData Encode(IssuedCredential credential) =>
        QRCodeGenerator.GenerateQrCode(credential.QrText, QRCodeGenerator.ECCLevel.M);
}
