using System.ComponentModel;
using System.Diagnostics;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>Reads a QR code as a phone would: with a program that is not ours.</summary>
internal static class Zbarimg
{
    internal static async Task<string> ReadAsync(byte[] png)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, png, TestContext.Current.CancellationToken);
        try
        {
            using var zbarimg = Process.Start(new ProcessStartInfo("zbarimg", ["-q", "--raw", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var text = await zbarimg.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await zbarimg.WaitForExitAsync(TestContext.Current.CancellationToken);
            return text.TrimEnd('\n');
        }
        catch (Win32Exception)
        {
            Assert.Skip("zbarimg is not installed.");
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
