using Microsoft.Extensions.Options;

namespace TradeIdentity.Server.Demonstration;

/// <summary>A file that its owner alone reads.</summary>
internal static class OwnersFile
{
    /// <exception cref="OptionsValidationException">It cannot be written, as in a folder that others own.</exception>
    internal static void Write(string file, string text)
    {
        try
        {
            WriteNew(file, text);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException("Demonstration", typeof(OwnersFile), [$"{file} cannot be written: {unwritable.Message} A demonstration keeps its data in the folder where it is started."]);
        }
    }

    private static void WriteNew(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, options);
        writer.WriteLine(text);
    }
}
