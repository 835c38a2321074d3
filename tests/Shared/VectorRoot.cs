namespace TradeIdentity.Tests.Shared;

/// <summary>Where the test data of others is: a variable says, or it lies at <c>../shared/vectors</c> beside the repository.</summary>
internal static class VectorRoot
{
    /// <summary>What a test says that is skipped for want of the data.</summary>
    internal const string Absent = $"No test vectors: set {Variable}, or put them at ../shared/vectors beside the repository.";

    private const string Variable = "TRADEIDENTITY_VECTORS";

    /// <summary>The folder; null where it is absent.</summary>
    internal static string? Find()
    {
        var folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : Path.GetFullPath(Path.Combine(Repository.Find() ?? "", "..", "shared", "vectors"));
        return Directory.Exists(folder) ? folder : null;
    }
}
