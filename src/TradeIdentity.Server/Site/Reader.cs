namespace TradeIdentity.Server.Site;

/// <summary>Who reads an answer: a person in front of a browser, or a program.</summary>
internal static class Reader
{
    // Where browsers are sent by others, whatever they say they accept.
    private static readonly PathString[] ForPeople = ["/connect/authorize", "/connect/logout"];

    private static readonly PathString Api = "/api";

    internal static bool IsPerson(HttpContext context) =>
        Array.Exists(ForPeople, path => context.Request.Path.StartsWithSegments(path))
        || (!context.Request.Path.StartsWithSegments(Api) && AcceptsHtml(context.Request.Headers.Accept));

    // A browser names text/html; */* is what a program says.
    private static bool AcceptsHtml(string? accept) => accept is not null && accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
