namespace TradeIdentity.Fuzz;

/// <summary>Where the test data of others is: a variable says, or it lies at <c>../shared/vectors</c> beside the solution.</summary>
public static class VectorRoot
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "TRADEIDENTITY_VECTORS";

    /// <summary>The folder; null where it is absent.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set)
        {
            return Directory.Exists(set) ? set : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TradeIdentity.sln")))
            {
                var beside = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "vectors"));
                return Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }
}
