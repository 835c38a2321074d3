using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Server.Tests.OpenId.Dpop;

/// <summary>A client's key, and proofs by it that a test may spoil.</summary>
internal sealed class ProofKeyOfTest
{
    private readonly ECDsa? _ec;
    private readonly RSA? _rsa;

    public ProofKeyOfTest(string algorithm = "ES256")
    {
        Algorithm = algorithm;
        if (algorithm.StartsWith("ES", StringComparison.Ordinal))
        {
            _ec = ECDsa.Create(algorithm == "ES384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256);
        }
        else
        {
            _rsa = RSA.Create(2048);
        }
    }

    public string Algorithm { get; }

    public JsonObject Jwk
    {
        get
        {
            if (_ec is not null)
            {
                var q = _ec.ExportParameters(false).Q;
                return new JsonObject { ["kty"] = "EC", ["crv"] = Algorithm == "ES384" ? "P-384" : "P-256", ["x"] = Encode(q.X!), ["y"] = Encode(q.Y!) };
            }

            var rsa = _rsa!.ExportParameters(false);
            return new JsonObject { ["kty"] = "RSA", ["n"] = Encode(rsa.Modulus!), ["e"] = Encode(rsa.Exponent!) };
        }
    }

    public string PrivatePart => Encode(_ec!.ExportParameters(true).D!);

    /// <summary>RFC 7638, computed by the library and not by the program.</summary>
    public string Thumbprint => Encode(new JsonWebKey(Jwk.ToJsonString()).ComputeJwkThumbprint());

    public string Proof(string method, string address, string? nonce, string? accessToken = null, Action<JsonObject>? header = null, Action<JsonObject>? claims = null)
    {
        var head = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = Algorithm, ["jwk"] = Jwk };
        var body = new JsonObject
        {
            ["jti"] = Encode(RandomNumberGenerator.GetBytes(16)),
            ["htm"] = method,
            ["htu"] = address,
            ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (nonce is not null)
        {
            body["nonce"] = nonce;
        }

        if (accessToken is not null)
        {
            body["ath"] = Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)));
        }

        header?.Invoke(head);
        claims?.Invoke(body);
        var signed = $"{Encode(Encoding.UTF8.GetBytes(head.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(body.ToJsonString()))}";
        return $"{signed}.{Encode(Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Encode(byte[] bytes) => Base64UrlEncoder.Encode(bytes);

    private byte[] Sign(byte[] data) => Algorithm switch
    {
        "ES256" => _ec!.SignData(data, HashAlgorithmName.SHA256),
        "ES384" => _ec!.SignData(data, HashAlgorithmName.SHA384),
        "PS256" => _rsa!.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        _ => _rsa!.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
    };
}
