using System.Globalization;

namespace TradeIdentity.Authority.Trust;

/// <summary>Where the status lists of this authority are published.</summary>
public static class StatusListUri
{
    public static string Of(string baseUrl, int list) =>
        string.Create(CultureInfo.InvariantCulture, $"{Aggregation(baseUrl)}/{list}");

    public static string Aggregation(string baseUrl) => $"{baseUrl.TrimEnd('/')}/status-lists";
}
