using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Server.Site;

/// <summary>
/// The words of the pages, from the resource files in <c>Words</c>: <c>words["SignIn.Title"]</c> is entry <c>Title</c> of
/// <c>SignIn.resx</c>, in the language of the request.
/// </summary>
public sealed class Wording
{
    private readonly ConcurrentDictionary<string, ResourceManager> _files = new();

    /// <summary>The code of the language that is read.</summary>
    public string Language => Site.Language.Current.Code;

    /// <exception cref="MissingManifestResourceException">There is no such entry: a mistake of the page.</exception>
    public string this[string key] => Find(key) ?? throw new MissingManifestResourceException($"No words for {key}.");

    /// <summary>The words with what they speak of; a page encodes the whole.</summary>
    public string this[string key, params object[] arguments] => string.Format(CultureInfo.CurrentCulture, this[key], [.. arguments.Select(Placed)]);

    /// <summary>Several things in a row, as the language parts them.</summary>
    public string List(IEnumerable<string> items) => string.Join(this["Site.Comma"], items.Select(item => Isolated.In(Site.Language.Current, item)));

    /// <summary>The words, or null where there are none: for keys made from a code that others can extend.</summary>
    public string? Find(string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        var file = _files.GetOrAdd(key[..dot], static name => new ResourceManager($"TradeIdentity.Server.Site.Words.{name}", typeof(Wording).Assembly));
        return file.GetString(key[(dot + 1)..], CultureInfo.CurrentUICulture);
    }

    // A number is formatted by the words; all else is text that may run in the other direction.
    private static object? Placed(object? argument) =>
        argument is null or IFormattable ? argument : Isolated.In(Site.Language.Current, argument.ToString() ?? "");
}
