namespace TradeIdentity.Tests.Shared;

/// <summary>The folder of <c>TradeIdentity.sln</c>, above the one that the tests run in.</summary>
internal static class Repository
{
    internal static string Root => Find() ?? throw new InvalidOperationException("The tests run in a folder of the repository.");

    internal static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>Null for a program that was copied out of the repository.</summary>
    internal static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TradeIdentity.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
