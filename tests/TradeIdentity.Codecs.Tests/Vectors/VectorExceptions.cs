using System.IO.Enumeration;
using System.Text.Json;

namespace TradeIdentity.Codecs.Tests.Vectors;

/// <summary>The reviewed list of vectors that do not pass, and why: exceptions.json.</summary>
public sealed record VectorExceptions(IReadOnlyList<VectorExceptions.Entry> Exceptions, IReadOnlyList<string> NotVectors)
{
    public sealed record Entry(string Pattern, string Kind, string Why)
    {
        public bool Matches(string name) => FileSystemName.MatchesSimpleExpression(Pattern, name);
    }

    public static VectorExceptions Load()
    {
        using var stream = typeof(VectorExceptions).Assembly.GetManifestResourceStream("exceptions.json")!;
        return JsonSerializer.Deserialize<VectorExceptions>(stream, JsonSerializerOptions.Web)!;
    }

    /// <summary>The entry for a file by its name below the root; null where it must pass.</summary>
    public Entry? For(string name) => Exceptions.FirstOrDefault(entry => entry.Matches(name));
}
