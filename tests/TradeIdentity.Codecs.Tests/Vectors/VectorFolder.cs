using System.Text.Json;

namespace TradeIdentity.Codecs.Tests.Vectors;

/// <summary>The test data of others, which stays outside the project: tests skip, saying so, where it is absent.</summary>
public static class VectorFolder
{
    /// <summary>Every file of <paramref name="folder"/> with the ending, the deepest included, in the order of their names.</summary>
    public static IReadOnlyList<string> Files(string folder, string ending = ".json")
    {
        var path = Path.Combine(Root(), folder);
        Assert.SkipUnless(Directory.Exists(path), $"The test vectors have no folder {folder}.");
        return [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The name of <paramref name="file"/> below the root, with slashes.</summary>
    public static string NameOf(string file) => Path.GetRelativePath(Root(), file).Replace('\\', '/');

    public static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }

    private static string Root()
    {
        var root = VectorRoot.Find();
        Assert.SkipWhen(root is null, VectorRoot.Absent);
        return root!;
    }
}
