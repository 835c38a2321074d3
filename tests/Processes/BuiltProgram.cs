namespace TradeIdentity.Tests.Processes;

/// <summary>Where the programs are that were built with these tests, in the same configuration.</summary>
internal static class BuiltProgram
{
    internal static string Server { get; } = Find("TradeIdentity.Server", "TradeIdentity.Server.dll");

    internal static string Tradeid { get; } = Find("TradeIdentity.Cli", "tradeid.dll");

    internal static string SampleRelyingParty { get; } = Find("RelyingParty.AspNetCore", "RelyingParty.AspNetCore.dll", "samples");

    private static string Find(string project, string file, string folder = "src")
    {
        // …/bin/Release/net10.0/
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Repository.PathOf(folder, project, "bin", output.Parent!.Name, output.Name, file);
    }
}
