namespace TradeIdentity.Authority.Tests;

/// <summary>Test data that others published, beside the project; its tests skip where it is absent.</summary>
internal static class PublishedVectors
{
    public static string PathOf(string file)
    {
        var path = Path.Combine(Folder(), file);
        Assert.SkipUnless(File.Exists(path), $"No vectors: {file} is not in TRADEIDENTITY_VECTORS nor in ../shared/vectors.");
        return path;
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("TRADEIDENTITY_VECTORS") is { Length: > 0 } named)
        {
            return named;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TradeIdentity.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? "", "shared", "vectors");
    }
}
