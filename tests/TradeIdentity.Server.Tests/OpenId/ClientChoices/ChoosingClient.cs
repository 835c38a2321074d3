using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.Tests.OpenId.ClientChoices;

/// <summary>A relying party of a <see cref="PersonHost"/> that is registered with choices of its own.</summary>
internal sealed class ChoosingClient
{
    private const string Secret = "secret-of-a-client-that-chooses-0123456789";

    private readonly PersonHost _host;

    private ChoosingClient(PersonHost host, string clientId) => (_host, ClientId) = (host, clientId);

    public string ClientId { get; }

    private string Callback => CallbackOf(ClientId);

    public static async Task<ChoosingClient> RegisterAsync(PersonHost host, string clientId, Dictionary<string, string> settings, params string[] permissions)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            ClientSecret = Secret,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Explicit,
            RedirectUris = { new Uri(CallbackOf(clientId)) },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
                "scp:profile", "scp:email", "scp:organization",
            },
        };
        client.Permissions.UnionWith(permissions);
        foreach (var (name, value) in settings)
        {
            client.Settings[name] = value;
        }

        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(client, TestContext.Current.CancellationToken);
        return new ChoosingClient(host, clientId);
    }

    /// <summary>The tokens of a person who signs in and allows it.</summary>
    public async Task<JsonElement> TokensAsync(string cookie, string scope, string? claims = null)
    {
        var request = AuthorizationRequest.With(("client_id", ClientId), ("redirect_uri", Callback), ("scope", scope), ("claims", claims));
        var code = await _host.CodeAsync(cookie, request);
        using var response = await PostAsync("/connect/token", ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Callback), ("code_verifier", request.Verifier));
        var tokens = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, tokens.ToString());
        return tokens;
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] form) => PostAsync(path, null, form);

    public Task<HttpResponseMessage> PostAsync(string path, string? accept, params (string Name, string Value)[] form) =>
        SendAsync(path, request =>
        {
            if (accept is not null)
            {
                request.Headers.Accept.ParseAdd(accept);
            }
        }, form);

    public async Task<HttpResponseMessage> SendAsync(string path, Action<HttpRequestMessage> prepare, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Append(("client_id", ClientId)).Append(("client_secret", Secret)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        };
        prepare(request);
        return await _host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string CallbackOf(string clientId) => $"https://{clientId}.example/callback";
}
