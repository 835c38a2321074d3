using System.Diagnostics;
using System.Text.RegularExpressions;
using TradeIdentity.Benchmarks.OpenId;

namespace TradeIdentity.Benchmarks.Register;

/// <summary>A person who is signed in to the portal.</summary>
internal sealed partial class PortalSession : IDisposable
{
    private readonly HttpClient _http;

    private PortalSession(Uri server) => _http = new HttpClient { BaseAddress = server };

    public static async Task<PortalSession> SignInAsync(Uri server, string email, string password)
    {
        var session = new PortalSession(server);
        await session.SubmitAsync("/sign-in?returnUrl=%2Faccount", ("Email", email), ("Password", password));
        return session;
    }

    /// <summary>From then on the session has two factors, as officers' pages ask.</summary>
    public async Task AddAuthenticatorAsync()
    {
        var key = Key().Match(await GetAsync("/account/authenticator")).Groups[1].Value;
        await SubmitAsync("/account/authenticator", ("Code", Totp.Code(key)));
    }

    public async Task<string> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode && response.RequestMessage!.RequestUri!.PathAndQuery == path
            ? text
            : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode} at {response.RequestMessage!.RequestUri}.");
    }

    /// <summary>How long it takes from the request to the last byte of the answer.</summary>
    public async Task<double> MillisecondsAsync(string path)
    {
        var asked = Stopwatch.GetTimestamp();
        await GetAsync(path);
        return Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
    }

    public async Task SubmitAsync(string page, params (string Name, string Value)[] fields)
    {
        using var response = await PageForm.SubmitAsync(_http, new Uri(_http.BaseAddress!, page), fields);
        // A fault is told on the page itself.
        var fault = Fault().Match(await response.Content.ReadAsStringAsync());
        if (!response.IsSuccessStatusCode || fault.Success)
        {
            throw new InvalidOperationException($"The form of {page} was answered with {(int)response.StatusCode}: {fault.Value}");
        }
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("role=\"alert\".{0,600}", RegexOptions.Singleline)]
    private static partial Regex Fault();

    [GeneratedRegex("class=\"id\">([A-Z2-7 ]{20,})<")]
    private static partial Regex Key();
}
