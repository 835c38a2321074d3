using QRCoder;

namespace TradeIdentity.Authority.Cards;

/// <summary>The modules of a QR code, error correction M, without their quiet zone.</summary>
internal sealed class CardQr : IDisposable
{
    /// <summary>ISO/IEC 18004 §9.1: four modules of white on every side.</summary>
    internal const int QuietModules = 4;

    private readonly QRCodeData _data;

    internal CardQr(string text) => _data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);

    /// <summary>Modules on a side.</summary>
    internal int Modules => _data.ModuleMatrix.Count - (2 * QuietModules);

    /// <summary>Dark modules that stand side by side, as row, first column and count.</summary>
    internal IEnumerable<(int Row, int Column, int Length)> DarkRuns()
    {
        for (var row = 0; row < Modules; row++)
        {
            for (var column = 0; column < Modules; column++)
            {
                var end = column;
                while (end < Modules && _data.ModuleMatrix[row + QuietModules][end + QuietModules])
                {
                    end++;
                }

                if (end > column)
                {
                    yield return (row, column, end - column);
                    column = end;
                }
            }
        }
    }

    public void Dispose() => _data.Dispose();
}
