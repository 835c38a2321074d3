using System.Net;

namespace TradeIdentity.Server.Tests.Accounts;

/// <summary>One person's browser: it keeps cookies, and follows no redirect.</summary>
public sealed class Browser : IDisposable
{
    private readonly Uri _address;
    private readonly HttpClient _http;

    public Browser(Uri address)
    {
        _address = address;
        _http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0");
    }

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] form) =>
        _http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))), TestContext.Current.CancellationToken);

    public async Task<string> PostAsync(string path, params (string Name, string Value)[] form)
    {
        using var response = await SendAsync(path, form);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public Task<string> SignInAsync(string email, string password = AccountsHost.Password) => PostAsync("/password", ("email", email), ("password", password));

    /// <summary>The claims of the request's principal; null where nobody is signed in.</summary>
    public async Task<ILookup<string, string>?> WhoAsync()
    {
        using var response = await GetAsync("/me");
        return response.StatusCode == HttpStatusCode.Unauthorized
            ? null
            : (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n').Select(line => line.Split('=', 2)).ToLookup(pair => pair[0], pair => pair[1]);
    }

    public string? Cookie(string name) => Cookies.GetCookies(_address)[name]?.Value;

    public void SetCookie(string name, string value) => Cookies.Add(_address, new Cookie(name, value));

    public void Dispose() => _http.Dispose();
}
