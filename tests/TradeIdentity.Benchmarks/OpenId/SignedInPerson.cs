using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>A browser of the benchmark: it goes through the pages of a sign-in once, and then asks for codes.</summary>
internal sealed partial class SignedInPerson : IDisposable
{
    private const string Callback = "http://127.0.0.1/callback";

    private readonly HttpClient _http;
    private readonly Uri _server;
    private readonly string _clientId;
    private readonly string _scope;

    private SignedInPerson(Uri server, string clientId, string scope)
    {
        (_server, _clientId, _scope) = (server, clientId, scope);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, MaxConnectionsPerServer = Load.Connections });
    }

    /// <param name="server">Which.</param>
    /// <param name="clientId">A public client with PKCE whose address to come back to is that of the loopback interface.</param>
    /// <param name="scope">What it asks for.</param>
    /// <param name="account">E-mail address and password, where the server asks for them.</param>
    public static async Task<SignedInPerson> SignInAsync(Uri server, string clientId, string scope, (string Email, string Password)? account = null)
    {
        var person = new SignedInPerson(server, clientId, scope);
        var page = await person.AuthorizeAsync("warm-up-warm-up-warm-up-warm-up-warm-up-warm-up");
        while (!IsCallback(page))
        {
            var (email, password) = account ?? throw new InvalidOperationException($"{page} is not expected of this server.");
            page = page.AbsolutePath switch
            {
                "/sign-in" => await person.SubmitAsync(page, ("Email", email), ("Password", password)),
                "/consent" => await person.SubmitAsync(page, ("Answer", "allow")),
                "/connect/authorize" => await person.GoAsync(page),
                _ => throw new InvalidOperationException($"{page} is not expected."),
            };
        }

        return person;
    }

    /// <summary>The form that exchanges a new code.</summary>
    public async Task<byte[]> CodeAsync()
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var answer = await AuthorizeAsync(verifier);
        var code = IsCallback(answer) ? Code().Match(answer.Query).Groups[1].Value : throw new InvalidOperationException($"{answer} in place of a code.");
        return Encoding.ASCII.GetBytes($"grant_type=authorization_code&client_id={_clientId}&code={code}&redirect_uri={Uri.EscapeDataString(Callback)}&code_verifier={verifier}");
    }

    public byte[] Refresh(string token) => Encoding.ASCII.GetBytes($"grant_type=refresh_token&client_id={_clientId}&refresh_token={token}");

    public void Dispose() => _http.Dispose();

    private static bool IsCallback(Uri address) => address.AbsoluteUri.StartsWith(Callback, StringComparison.Ordinal);

    private Task<Uri> AuthorizeAsync(string verifier)
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return GoAsync(new Uri(
            _server,
            $"/connect/authorize?response_type=code&client_id={_clientId}&redirect_uri={Uri.EscapeDataString(Callback)}&scope={Uri.EscapeDataString(_scope)}&code_challenge={challenge}&code_challenge_method=S256&state=state&nonce=nonce"));
    }

    private async Task<Uri> GoAsync(Uri address)
    {
        using var response = await _http.GetAsync(address);
        return Next(address, response);
    }

    private async Task<Uri> SubmitAsync(Uri page, params (string Name, string Value)[] fields)
    {
        using var response = await PageForm.SubmitAsync(_http, page, fields);
        return Next(response.RequestMessage!.RequestUri!, response);
    }

    private static Uri Next(Uri from, HttpResponseMessage response) =>
        response.Headers.Location is { } location
            ? new Uri(from, location)
            : throw new InvalidOperationException($"{from} answered {response.StatusCode} and leads nowhere.");

    [GeneratedRegex("[?&]code=([^&]*)")]
    private static partial Regex Code();
}
