using System.Net;
using System.Text.RegularExpressions;

namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>A form of a page, sent as a browser sends it.</summary>
internal static partial class PageForm
{
    /// <param name="http">With the session's cookies.</param>
    /// <param name="page">The page that has the form.</param>
    /// <param name="fields">What is entered; the first says which form of the page it is.</param>
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient http, Uri page, params (string Name, string Value)[] fields)
    {
        var html = await http.GetStringAsync(page);
        var form = Forms().Matches(html).FirstOrDefault(form => form.Value.Contains($"name=\"{fields[0].Name}\"", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{page} has no form with {fields[0].Name}.");
        var action = new Uri(page, WebUtility.HtmlDecode(form.Groups[1].Value));
        var token = Antiforgery().Match(form.Value).Groups[1].Value;
        using var content = new FormUrlEncodedContent(fields.Append(("antiforgery", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await http.PostAsync(action, content);
    }

    [GeneratedRegex("<form[^>]*action=\"([^\"]*)\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("name=\"antiforgery\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Antiforgery();
}
