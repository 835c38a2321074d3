namespace TradeIdentity.Cli.Verifier;

/// <summary>Pictures are read by the .NET tool; this build has no picture decoder.</summary>
internal static class QrPicture
{
    internal static string Read(string file) => throw new UsageException(
        $"This build reads text only. Pipe the picture's text: zbarimg -q --raw {file} | tradeid verify --bundle FILE -");
}
