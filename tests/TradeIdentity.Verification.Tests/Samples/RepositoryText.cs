namespace TradeIdentity.Verification.Tests.Samples;

/// <summary>Files of the repository that the tests run in.</summary>
internal static class RepositoryText
{
    internal static string Read(params ReadOnlySpan<string> path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TradeIdentity.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run in a folder of the repository.");
        }

        return File.ReadAllText(Path.Combine([folder.FullName, .. path]));
    }
}
