namespace TradeIdentity.Tests.Processes;

/// <summary>Where the programs are that were built with these tests, in the same configuration.</summary>
internal static class BuiltProgram
{
    internal static string Server { get; } = Find("TradeIdentity.Server", "TradeIdentity.Server.dll");

    internal static string Tradeid { get; } = Find("TradeIdentity.Cli", "tradeid.dll");

    private static string Find(string project, string file)
    {
        // …/bin/Release/net10.0/
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root(output).FullName, "src", project, "bin", output.Parent!.Name, output.Name, file);
    }

    private static DirectoryInfo Root(DirectoryInfo folder)
    {
        while (!File.Exists(Path.Combine(folder.FullName, "TradeIdentity.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run from within the repository.");
        }

        return folder;
    }
}
