namespace TradeIdentity.Authority.Tests;

/// <summary>Test data that others published, beside the project; its tests skip where it is absent.</summary>
internal static class PublishedVectors
{
    public static string PathOf(string file)
    {
        var root = VectorRoot.Find();
        Assert.SkipWhen(root is null, VectorRoot.Absent);
        var path = Path.Combine(root!, file);
        Assert.SkipUnless(File.Exists(path), $"The test vectors have no {file}.");
        return path;
    }
}
