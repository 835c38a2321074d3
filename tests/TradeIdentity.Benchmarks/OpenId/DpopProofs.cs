using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>Proofs of possession for one endpoint (RFC 9449 §4.2), with the server's nonce.</summary>
internal static class DpopProofs
{
    public static async Task<List<string>> MakeAsync(Uri endpoint, byte[] form, int count)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var header = Encode($$$"""{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"{{{Base64Url.EncodeToString(point.X)}}}","y":"{{{Base64Url.EncodeToString(point.Y)}}}"}}""");
        var nonce = await NonceAsync(endpoint, form, Make(""));
        return [.. Enumerable.Range(0, count).Select(_ => Make($",\"nonce\":\"{nonce}\""))];

        string Make(string more)
        {
            var iat = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
            var text = $"{header}.{Encode($$$"""{"jti":"{{{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16))}}}","htm":"POST","htu":"{{{endpoint}}}","iat":{{{iat}}}{{{more}}}}""")}";
            return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
        }
    }

    private static async Task<string> NonceAsync(Uri endpoint, byte[] form, string proof)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new ByteArrayContent(form) { Headers = { ContentType = new("application/x-www-form-urlencoded") } },
            Headers = { { "DPoP", proof } },
        };
        using var response = await client.SendAsync(request);
        return response.StatusCode == HttpStatusCode.BadRequest && response.Headers.TryGetValues("DPoP-Nonce", out var nonce)
            ? nonce.Single()
            : throw new InvalidOperationException($"{endpoint} answered {response.StatusCode} and no DPoP-Nonce.");
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
