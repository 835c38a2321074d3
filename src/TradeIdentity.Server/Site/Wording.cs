using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace TradeIdentity.Server.Site;

/// <summary>
/// The words of the pages, from the resource files in <c>Words</c>: <c>words["SignIn.Title"]</c> is entry <c>Title</c> of
/// <c>SignIn.resx</c>, in the language of the request.
/// </summary>
public sealed class Wording
{
    private readonly ConcurrentDictionary<string, ResourceManager> _files = new();

    /// <summary>The language that is read, as in <c>html lang</c>.</summary>
    public string Language => Site.Language.Tag(CultureInfo.CurrentUICulture);

    /// <exception cref="MissingManifestResourceException">There is no such entry: a mistake of the page.</exception>
    public string this[string key] => Find(key) ?? throw new MissingManifestResourceException($"No words for {key}.");

    /// <summary>The words with what they speak of; a page encodes the whole.</summary>
    public string this[string key, params object[] arguments] => string.Format(CultureInfo.CurrentCulture, this[key], arguments);

    /// <summary>The words, or null where there are none: for keys made from a code that others can extend.</summary>
    public string? Find(string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        var file = _files.GetOrAdd(key[..dot], static name => new ResourceManager($"TradeIdentity.Server.Site.Words.{name}", typeof(Wording).Assembly));
        return file.GetString(key[(dot + 1)..], CultureInfo.CurrentUICulture);
    }
}
