using System.Net;
using System.Text.RegularExpressions;

namespace TradeIdentity.Clients.Tests;

/// <summary>
/// A person before a browser without JavaScript: follows where it is sent, and does on the server's pages what they ask, by
/// their own forms: signs in, chooses the entity, allows, signs out.
/// </summary>
internal sealed partial class Person(string email, string password, string tin) : IDisposable
{
    private const int LongestWay = 40;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>Where the person ends from <paramref name="address"/>: at a page that asks nothing, or on the way to <paramref name="until"/>, which is not loaded.</summary>
    internal async Task<(Uri Address, string Page)> VisitAsync(Uri address, string? until = null)
    {
        HttpContent? form = null;
        for (var step = 0; step < LongestWay; step++)
        {
            if (until is not null && address.OriginalString.StartsWith(until, StringComparison.Ordinal))
            {
                return (address, form is null ? "" : await form.ReadAsStringAsync(Cancelled));
            }

            using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, address) { Content = form };
            request.Headers.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0");
            using var response = await _http.SendAsync(request, Cancelled);
            var page = await response.Content.ReadAsStringAsync(Cancelled);
            if (response.Headers.Location is { } there)
            {
                (address, form) = (new Uri(address, there), null);
            }
            else if (address.AbsolutePath == "/device" && address.Query.StartsWith("?user_code=", StringComparison.Ordinal))
            {
                // The code is in the field already, and goes on by the button.
                (address, form) = (new Uri(address, "/connect/verify" + address.Query), null);
            }
            else if (response.Content.Headers.ContentType?.MediaType == "text/html" && Answer(address) is { } answer)
            {
                (address, form) = Fill(address, page, answer);
            }
            else if (response.Content.Headers.ContentType?.MediaType == "text/html" && page.Contains("name=\"code\"", StringComparison.Ordinal) && PostedForm().IsMatch(page))
            {
                // The answer to the client, posted by the browser (OAuth 2.0 Form Post Response Mode).
                (address, form) = Fill(address, page, []);
            }
            else
            {
                return (address, page);
            }
        }

        throw new InvalidOperationException($"There is no end to it, at last {address}.");
    }

    public void Dispose() => _http.Dispose();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private (string Name, string Value)[]? Answer(Uri page) => page.AbsolutePath switch
    {
        "/sign-in" => [("Email", email), ("Password", password)],
        "/act-for" => [("Organization", tin)],
        "/consent" => [("Answer", "allow")],
        "/sign-out" when page.Query.Length > 0 => [],
        _ => null,
    };

    private static (Uri Address, HttpContent Form) Fill(Uri page, string html, (string Name, string Value)[] fields)
    {
        var form = PostedForm().Match(html);
        Assert.True(form.Success, $"{page} has no form: {html}");
        var hidden = HiddenField().Matches(form.Groups["inner"].Value).Select(input => (WebUtility.HtmlDecode(input.Groups["name"].Value), WebUtility.HtmlDecode(input.Groups["value"].Value)));
        return (
            new Uri(page, WebUtility.HtmlDecode(form.Groups["action"].Value)),
            new FormUrlEncodedContent(hidden.Concat(fields).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
    }

    [GeneratedRegex("""<form(?=[^>]*\smethod="post")[^>]*\saction="(?<action>[^"]*)"[^>]*>(?<inner>.*?)</form>""", RegexOptions.Singleline)]
    private static partial Regex PostedForm();

    [GeneratedRegex("""<input(?=[^>]*\stype="hidden")(?=[^>]*\sname="(?<name>[^"]*)")(?=[^>]*\svalue="(?<value>[^"]*)")""")]
    private static partial Regex HiddenField();
}
