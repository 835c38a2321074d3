using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.Tests.OpenId.SignedRequests;

/// <summary>A relying party that signs its authorization requests.</summary>
public sealed class SigningClient : IDisposable
{
    public const string Secret = "secret-of-the-signing-client-0123456789-0123456789";
    public const string Callback = "https://signing.example/callback";

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public RSA RsaKey { get; } = RSA.Create(2048);

    public string Id { get; } = "signing-" + Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(8));

    /// <summary>Public keys, as they are registered.</summary>
    public string Keys
    {
        get
        {
            var (q, rsa) = (Key.ExportParameters(false).Q, RsaKey.ExportParameters(false));
            return new JsonObject
            {
                ["keys"] = new JsonArray(
                    new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(q.X!), ["y"] = Base64UrlEncoder.Encode(q.Y!), ["kid"] = "ec" },
                    new JsonObject { ["kty"] = "RSA", ["n"] = Base64UrlEncoder.Encode(rsa.Modulus!), ["e"] = Base64UrlEncoder.Encode(rsa.Exponent!), ["kid"] = "rsa" }),
            }.ToJsonString();
        }
    }

    public void Dispose()
    {
        Key.Dispose();
        RsaKey.Dispose();
    }

    public async Task RegisterAsync(PersonHost host, params (string Name, string Value)[] settings)
    {
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = Id,
            ClientSecret = Secret,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Explicit,
            JsonWebKeySet = JsonWebKeySet.Create(Keys),
            RedirectUris = { new Uri(Callback) },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.Token,
                Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code, Permissions.Prefixes.Scope + "profile", Permissions.Prefixes.Scope + "organization",
            },
        };
        foreach (var (name, value) in settings)
        {
            descriptor.Settings[name] = value;
        }

        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(descriptor, TestContext.Current.CancellationToken);
    }

    public AuthorizationRequest Request(params (string Name, string? Value)[] more) =>
        new() { ClientId = Id, RedirectUri = Callback, More = more.ToDictionary(pair => pair.Name, pair => pair.Value) };

    /// <summary>The claims of an object for the request, all as they should be.</summary>
    public JsonObject Claims(AuthorizationRequest request, DateTimeOffset? now = null)
    {
        var seconds = (now ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Id,
            ["aud"] = PersonHost.Issuer,
            ["iat"] = seconds,
            ["nbf"] = seconds,
            ["exp"] = seconds + 60,
            ["jti"] = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16)),
        };
        foreach (var (name, value) in request.Parameters)
        {
            claims[name] = value;
        }

        return claims;
    }

    public string Sign(JsonObject claims, string algorithm = "ES256", string? type = "oauth-authz-req+jwt") => Sign(claims.ToJsonString(), algorithm, type);

    public string Sign(string claims, string algorithm = "ES256", string? type = "oauth-authz-req+jwt", string? kid = null)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["kid"] = kid ?? (algorithm == "ES256" ? "ec" : "rsa") };
        if (type is not null)
        {
            header["typ"] = type;
        }

        var text = $"{Encode(header.ToJsonString())}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        return $"{text}.{Base64UrlEncoder.Encode(algorithm switch
        {
            "ES256" => Key.SignData(bytes, HashAlgorithmName.SHA256),
            "PS256" => RsaKey.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "PS512" => RsaKey.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
            "RS256" => RsaKey.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            _ => [],
        })}";
    }

    /// <summary>The address with the object, its client, and what is smuggled in beside.</summary>
    public string Address(string requestObject, params (string Name, string? Value)[] beside) =>
        QueryHelpers.AddQueryString("/connect/authorize", new[] { KeyValuePair.Create("client_id", (string?)Id), KeyValuePair.Create("request", (string?)requestObject) }
            .Concat(beside.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    public static string Encode(string json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json));
}
