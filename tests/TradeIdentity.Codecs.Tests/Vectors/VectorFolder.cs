using System.Text.Json;
using TradeIdentity.Fuzz;

namespace TradeIdentity.Codecs.Tests.Vectors;

/// <summary>The test data of others, which stays outside the project: tests skip, saying so, where it is absent.</summary>
public static class VectorFolder
{
    /// <summary>Every file of <paramref name="folder"/> with the ending, the deepest included, in the order of their names.</summary>
    public static IReadOnlyList<string> Files(string folder, string ending = ".json")
    {
        var root = Root();
        Assert.SkipWhen(root is null, $"No test vectors: set {VectorRoot.Variable}, or put them at ../shared/vectors beside the solution.");
        var path = Path.Combine(root!, folder);
        Assert.SkipUnless(Directory.Exists(path), $"The test vectors have no folder {folder}.");
        return [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The name of <paramref name="file"/> below the root, with slashes.</summary>
    public static string NameOf(string file) => Path.GetRelativePath(Root()!, file).Replace('\\', '/');

    public static string Text(string name) => File.ReadAllText(Path.Combine(RootOrSkip(), name));

    public static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(RootOrSkip(), file)));
        return document.RootElement.Clone();
    }

    private static string RootOrSkip()
    {
        var root = Root();
        Assert.SkipWhen(root is null, $"No test vectors: set {VectorRoot.Variable}, or put them at ../shared/vectors beside the solution.");
        return root!;
    }

    private static string? Root() => VectorRoot.Find();
}
