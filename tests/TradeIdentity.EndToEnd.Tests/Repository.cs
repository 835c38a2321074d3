namespace TradeIdentity.EndToEnd.Tests;

/// <summary>The folder of TradeIdentity.sln, above the one that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TradeIdentity.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run in a folder of the repository.");
        }

        return folder.FullName;
    }
}
