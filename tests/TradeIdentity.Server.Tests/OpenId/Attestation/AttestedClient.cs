using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.Tests.OpenId.Attestation;

/// <summary>An app whose instances are attested, and one instance of it.</summary>
public sealed class AttestedClient : IDisposable
{
    public const string Callback = "https://app.example/callback";

    public ECDsa InstanceKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Id { get; private init; } = "app-" + Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(8));

    public static async Task<AttestedClient> RegisterAsync(PersonHost host)
    {
        var client = new AttestedClient();
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = client.Id,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Explicit,
            RedirectUris = { new Uri(Callback) },
            Settings = { ["token_endpoint_auth_method"] = "attest_jwt_client_auth" },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.Token, Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.GrantTypes.ClientCredentials, Permissions.ResponseTypes.Code,
                Permissions.Prefixes.Scope + "operators.read",
            },
        };
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(descriptor, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Another instance of the same app.</summary>
    public AttestedClient AnotherInstance() => new() { Id = Id };

    public string Attest(ECDsa attester, Action<JsonObject>? claims = null, Action<JsonObject>? header = null)
    {
        var q = InstanceKey.ExportParameters(false).Q;
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Sign(attester, "oauth-client-attestation+jwt", header, claims, new JsonObject
        {
            ["sub"] = Id,
            ["iat"] = now,
            ["exp"] = now + 3600,
            ["cnf"] = new JsonObject { ["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(q.X!), ["y"] = Base64UrlEncoder.Encode(q.Y!) } },
        });
    }

    public string Prove(string? challenge, Action<JsonObject>? claims = null, Action<JsonObject>? header = null, ECDsa? key = null)
    {
        var body = new JsonObject
        {
            ["aud"] = PersonHost.Issuer,
            ["jti"] = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16)),
            ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (challenge is not null)
        {
            body["challenge"] = challenge;
        }

        return Sign(key ?? InstanceKey, "oauth-client-attestation-pop+jwt", header, claims, body);
    }

    public void Dispose() => InstanceKey.Dispose();

    private static string Sign(ECDsa key, string type, Action<JsonObject>? header, Action<JsonObject>? claims, JsonObject body)
    {
        var head = new JsonObject { ["typ"] = type, ["alg"] = "ES256" };
        header?.Invoke(head);
        claims?.Invoke(body);
        var text = $"{Encode(head)}.{Encode(body)}";
        return $"{text}.{Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(JsonObject json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
