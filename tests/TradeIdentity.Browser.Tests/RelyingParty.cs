using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Browser.Tests;

/// <summary>A site that people come from and go back to: registered with the server, at an origin of its own.</summary>
internal sealed class RelyingParty : IAsyncDisposable
{
    internal const string Name = "Single Window of Examplia";

    private const string Scopes = "openid profile email organization aeo offline_access";

    private readonly WebApplication _site;
    private readonly string _clientId;

    private readonly Task<IQueryCollection> _logout;

    private RelyingParty(WebApplication site, string clientId, Task<IQueryCollection> logout) => (_site, _clientId, _logout) = (site, clientId, logout);

    internal string Callback => $"{_site.Urls.Single()}/callback";

    internal string SignedOut => $"{_site.Urls.Single()}/signed-out";

    /// <summary>What the party's logout page was loaded with, when a browser loads it (OpenID Connect Front-Channel Logout 1.0 §2).</summary>
    internal Task<IQueryCollection> LogoutHeard => _logout;

    internal static async Task<RelyingParty> StartAsync(Browser browser)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        site.MapGet("/callback", () => TypedResults.Text("back at the relying party"));
        var logout = new TaskCompletionSource<IQueryCollection>(TaskCreationOptions.RunContinuationsAsynchronously);
        site.MapGet("/logout", (HttpContext context) =>
        {
            logout.TrySetResult(context.Request.Query);
            return TypedResults.Text("signed out of the relying party");
        });
        site.MapGet("/signed-out", () => TypedResults.Text("back at the relying party, signed out"));
        await site.StartAsync(TestContext.Current.CancellationToken);

        var party = new RelyingParty(site, "single-window-" + RandomNumberGenerator.GetInt32(int.MaxValue).ToString(CultureInfo.InvariantCulture), logout.Task);
        await using var scope = browser.Services.CreateAsyncScope();
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = party._clientId,
            ClientType = ClientTypes.Public,
            ConsentType = ConsentTypes.Explicit,
            DisplayName = Name,
            RedirectUris = { new Uri(party.Callback) },
            PostLogoutRedirectUris = { new Uri(party.SignedOut) },
            Settings = { ["frontchannel_logout_uri"] = new Uri(new Uri(party.Callback), "/logout").OriginalString },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.EndSession, Permissions.Endpoints.DeviceAuthorization, Permissions.Endpoints.Token,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.DeviceCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
            },
        };
        descriptor.Permissions.UnionWith(Scopes.Split(' ').Select(name => Permissions.Prefixes.Scope + name));
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(descriptor, TestContext.Current.CancellationToken);
        return party;
    }

    /// <summary>An authorization request, with <paramref name="more"/> parameters.</summary>
    internal string Request(params (string Name, string Value)[] more) => QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?>(
        more.Select(parameter => KeyValuePair.Create(parameter.Name, (string?)parameter.Value)))
    {
        ["client_id"] = _clientId,
        ["redirect_uri"] = Callback,
        ["response_type"] = "code",
        ["scope"] = Scopes,
        ["state"] = "kept",
        ["nonce"] = "n",
        ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(new string('v', 43)))),
        ["code_challenge_method"] = "S256",
    });

    /// <summary>RP-Initiated Logout without an ID token: the person is asked.</summary>
    internal string Logout() => QueryHelpers.AddQueryString("/connect/logout", new Dictionary<string, string?> { ["client_id"] = _clientId, ["post_logout_redirect_uri"] = SignedOut, ["state"] = "kept" });

    /// <summary>What a device is told that asks for itself (RFC 8628 §3.2): the code to show, and the address with it.</summary>
    internal async Task<(string UserCode, string Address)> AskFromDeviceAsync(Browser browser)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("client_id", _clientId), KeyValuePair.Create("scope", "openid profile")]);
        using var response = await http.PostAsync(new Uri($"{browser.Address}/connect/device"), form, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        using var answer = JsonDocument.Parse(text);
        return (answer.RootElement.GetProperty("user_code").GetString()!, answer.RootElement.GetProperty("verification_uri_complete").GetString()!);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
