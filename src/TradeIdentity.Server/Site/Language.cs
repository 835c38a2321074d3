using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace TradeIdentity.Server.Site;

/// <summary>The language of a page: what the person chose, else what the client asked for, else what the browser prefers.</summary>
internal static class Language
{
    /// <summary>The parameter of the link that changes the language.</summary>
    internal const string Parameter = "language";

    // Bounds what is read of a header or parameter that anyone can send.
    private const int MostPreferences = 10;

    private static readonly Dictionary<string, CultureInfo> Offered = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = CultureInfo.GetCultureInfo("en-GB"),
        ["fr"] = CultureInfo.GetCultureInfo("fr-FR"),
    };

    internal static IEnumerable<CultureInfo> All => Offered.Values;

    /// <summary>The two letters of <paramref name="culture"/>, as in <c>html lang</c>.</summary>
    internal static string Tag(CultureInfo culture) => culture.TwoLetterISOLanguageName;

    /// <summary>The name of the language in itself, as a word of its own.</summary>
    internal static string NameOf(CultureInfo culture) => culture.TextInfo.ToTitleCase(culture.Parent.NativeName);

    internal static CultureInfo Of(HttpContext context)
    {
        var request = context.Request;
        if (Find(request.Query[Parameter]) is { } chosen)
        {
            context.Response.Cookies.Append(Parameter, Tag(chosen), new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = request.IsHttps,
                MaxAge = TimeSpan.FromDays(365),
            });
            return chosen;
        }

        return Find(request.Cookies[Parameter]) ?? First(AskedByClient(request)) ?? First(Accepted(request)) ?? Offered["en"];
    }

    /// <summary>The address of this page in <paramref name="culture"/>.</summary>
    internal static string Link(HttpRequest request, CultureInfo culture)
    {
        var kept = request.Query.Where(pair => pair.Key is not (Parameter or "handler")).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        return QueryHelpers.AddQueryString(request.PathBase + request.Path, kept.Append(KeyValuePair.Create<string, string?>(Parameter, Tag(culture))));
    }

    // OpenID Connect Core §3.1.2.1: ui_locales, languages parted by spaces, the preferred one first.
    private static string[] AskedByClient(HttpRequest request)
    {
        string? asked = request.Query["ui_locales"];
        if (asked is null && request.Query[ReturnAddress.Parameter] is [{ } returnUrl] && returnUrl.IndexOf('?', StringComparison.Ordinal) is > 0 and var query)
        {
            asked = QueryHelpers.ParseQuery(returnUrl[query..]).GetValueOrDefault("ui_locales");
        }

        return (asked ?? "").Split(' ', MostPreferences, StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<string> Accepted(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.Take(MostPreferences).OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString());

    private static CultureInfo? First(IEnumerable<string> tags) => tags.Select(Find).FirstOrDefault(culture => culture is not null);

    // fr-CA is served with fr.
    private static CultureInfo? Find(string? tag) => tag is null ? null : Offered.GetValueOrDefault(tag.Split('-', 2)[0]);
}
