using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>
/// Enough of a User-Agent for a person to tell the own devices apart, and no more: the whole header is close to a
/// fingerprint.
/// </summary>
public static class ShortUserAgent
{
    private const int MaxLength = 40;

    // The first that is found names it: others claim to be Chrome, and all to be Mozilla.
    private static readonly (string Token, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Token, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>E.g. <c>Firefox on Windows</c>; else the first word of the header; empty where there is none that can be shown.</summary>
    public static string Of(string? header)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return "";
        }

        var (browser, system) = (Find(Browsers, header), Find(Systems, header));
        return (browser, system) switch
        {
            (not null, not null) => $"{browser} on {system}",
            (not null, null) => browser,
            _ => PrintableText.Normalise(header.Trim().Split([' ', '/'], 2)[0], MaxLength) ?? "",
        };
    }

    private static string? Find((string Token, string Name)[] known, string header) =>
        Array.Find(known, each => header.Contains(each.Token, StringComparison.Ordinal)).Name;
}
