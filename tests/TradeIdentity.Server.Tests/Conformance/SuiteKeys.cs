using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>A client's keys, and the assertions by which it authenticates (RFC 7523); a module may spoil them.</summary>
internal sealed class SuiteKeys
{
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly string _kid = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(6));

    /// <summary>As they are registered or published.</summary>
    internal string Public
    {
        get
        {
            var (q, rsa) = (_ec.ExportParameters(false).Q, _rsa.ExportParameters(false));
            return new JsonObject
            {
                ["keys"] = new JsonArray(
                    new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(q.X!), ["y"] = Base64UrlEncoder.Encode(q.Y!), ["kid"] = _kid },
                    new JsonObject { ["kty"] = "RSA", ["n"] = Base64UrlEncoder.Encode(rsa.Modulus!), ["e"] = Base64UrlEncoder.Encode(rsa.Exponent!), ["kid"] = _kid + "-rsa" }),
            }.ToJsonString();
        }
    }

    internal string Assertion(ConformanceHost host, string clientId, Action<JsonObject>? spoil = null, string algorithm = "ES256")
    {
        var now = host.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = PersonHost.Issuer,
            ["iat"] = now,
            ["exp"] = now + 60,
            ["jti"] = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16)),
        };
        spoil?.Invoke(claims);
        var header = new JsonObject { ["alg"] = algorithm, ["kid"] = algorithm == "ES256" ? _kid : _kid + "-rsa" };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        return $"{signed}.{Base64UrlEncoder.Encode(algorithm switch
        {
            "ES256" => _ec.SignData(bytes, HashAlgorithmName.SHA256),
            "PS256" => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        })}";
    }

    internal static (string Name, string Value)[] Form(string clientId, string assertion) =>
        [("client_id", clientId), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion)];

    private static string Encode(JsonObject json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
