using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Server.Site;

/// <summary>The language of a page: what the person chose, else what the client asked for, else what the browser prefers.</summary>
internal static class Language
{
    /// <summary>The parameter of the link that changes the language.</summary>
    internal const string Parameter = "language";

    // Bounds what is read of a header or parameter that anyone can send.
    private const int MostPreferences = 10;

    /// <summary>Of the request that is answered.</summary>
    internal static SpokenLanguage Current => SpokenLanguages.Of(CultureInfo.CurrentUICulture);

    internal static SpokenLanguage Of(HttpContext context)
    {
        var request = context.Request;
        if (SpokenLanguages.Find(request.Query[Parameter]) is { } chosen)
        {
            context.Response.Cookies.Append(Parameter, chosen.Code, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = request.IsHttps,
                MaxAge = TimeSpan.FromDays(365),
            });
            return chosen;
        }

        return SpokenLanguages.Find(request.Cookies[Parameter]) ?? First(AskedByClient(request)) ?? First(Accepted(request)) ?? SpokenLanguages.English;
    }

    /// <summary>The address of this page in <paramref name="language"/>.</summary>
    internal static string Link(HttpRequest request, SpokenLanguage language)
    {
        var kept = request.Query.Where(pair => pair.Key is not (Parameter or "handler")).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        return QueryHelpers.AddQueryString(request.PathBase + request.Path, kept.Append(KeyValuePair.Create<string, string?>(Parameter, language.Code)));
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

    // RFC 9110 §12.4.2: what has a weight of 0 is not wanted.
    private static IEnumerable<string> Accepted(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.Take(MostPreferences).Where(language => language.Quality is not 0)
            .OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString());

    private static SpokenLanguage? First(IEnumerable<string> tags) => tags.Select(SpokenLanguages.Find).FirstOrDefault(language => language is not null);
}
