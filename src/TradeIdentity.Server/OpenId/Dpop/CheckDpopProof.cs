using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TradeIdentity.Authority;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Codecs.Jose;
using TradeIdentity.Codecs.Signatures;
using TradeIdentity.Server.Hosting.Certificates;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>
/// The checks of RFC 9449 §4.3 on the proof of a request, all but one: whether it came before is for <see cref="PassProofOnce"/>,
/// which writes. Tells the client the server's nonce where it does not have the current one.
/// </summary>
internal sealed class CheckDpopProof(IssuerAddress issuer, MutualTlsSettings mutualTls, DpopNonces nonces, TimeProvider time)
{
    public const string Header = "DPoP";
    public const string NonceHeader = "DPoP-Nonce";
    public const string Invalid = "invalid_dpop_proof";
    public const string UseNonce = "use_dpop_nonce";

    // An RSA key of 4096 bits and its signature take 1400 characters.
    private const int LongestProof = 8 * 1024;
    private const int LongestJti = 255;
    private const int LongestAddress = 2048;
    private const int Deepest = 8;

    // The nonce bounds how long before a proof can be made; this how long after it can come.
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);

    private static readonly SignatureAlgorithm[] Accepted = [SignatureAlgorithm.ES256, SignatureAlgorithm.ES384, SignatureAlgorithm.PS256, SignatureAlgorithm.RS256];

    public static string[] Algorithms { get; } = [.. Accepted.Select(algorithm => algorithm.ToString())];

    /// <param name="request">The request, with its header.</param>
    /// <param name="accessToken">The token that it presents; null where it asks for one.</param>
    public Outcome<DpopProof> Execute(HttpRequest request, string? accessToken)
    {
        if (request.Headers[Header] is not [{ } text])
        {
            return Wrong("There must be one DPoP header.");
        }

        if (!CompactJws.TryParse(text, LongestProof, out var jws) || jws.Type != "dpop+jwt")
        {
            return Wrong("The DPoP proof is not a JWT of type dpop+jwt.");
        }

        if (!jws.Header.TryGetProperty("jwk", out var jwk) || ProofKey.TryRead(jwk, out var thumbprint) is not { } key)
        {
            return Wrong("The DPoP proof must carry the public key alone, EC (P-256, P-384) or RSA (2048 to 4096 bits).");
        }

        using (key)
        {
            if (jws.Verify(key, Accepted) != SignatureCheck.Valid)
            {
                return Wrong("The signature of the DPoP proof is not good, or of an algorithm that is not accepted.");
            }
        }

        if (SignedClaims.Read(jws.Payload, Deepest) is not { } claims)
        {
            return Wrong("The claims of the DPoP proof are malformed.");
        }

        return Mistake(request, claims, accessToken) is { } mistake
            ? Wrong(mistake)
            : CheckNonce(request.HttpContext.Response, claims) is { } refusal
                ? refusal
                : new DpopProof(thumbprint, jws.Algorithm.ToString(), SignedClaims.Text(claims, "jti")!, DateTimeOffset.FromUnixTimeSeconds(SignedClaims.Seconds(claims, "iat")!.Value) + Age);
    }

    private string? Mistake(HttpRequest request, JsonElement claims, string? accessToken)
    {
        if (SignedClaims.Text(claims, "htm") != request.Method)
        {
            return "'htm' of the DPoP proof is not the method of this request.";
        }

        if (SignedClaims.Text(claims, "htu") is not { } address || !IsOf(request, address))
        {
            return "'htu' of the DPoP proof is not the address of this request.";
        }

        var now = time.GetUtcNow();
        if (SignedClaims.Seconds(claims, "iat") is not { } issued || issued < (now - Age).ToUnixTimeSeconds() || issued > (now + Ahead).ToUnixTimeSeconds())
        {
            return "'iat' of the DPoP proof is not about now.";
        }

        // RFC 9449 knows neither; where a client sets them, RFC 7519 §4.1.4 and §4.1.5 hold.
        if (IsThere("exp") && !(SignedClaims.Seconds(claims, "exp") > now.ToUnixTimeSeconds())
            || IsThere("nbf") && !(SignedClaims.Seconds(claims, "nbf") <= (now + Ahead).ToUnixTimeSeconds()))
        {
            return "The DPoP proof is past its 'exp', or before its 'nbf'.";
        }

        if (SignedClaims.Text(claims, "jti") is not { Length: > 0 and <= LongestJti })
        {
            return "The DPoP proof must carry a 'jti' of at most 255 characters.";
        }

        return accessToken is null || (SignedClaims.Text(claims, "ath") is { } digest && IsOf(accessToken, digest))
            ? null
            : "'ath' of the DPoP proof is not of this access token.";

        bool IsThere(string name) => claims.TryGetProperty(name, out _);
    }

    // §4.3 (10), §8, §9.
    private Refusal? CheckNonce(HttpResponse response, JsonElement claims)
    {
        var nonce = SignedClaims.Text(claims, "nonce");
        if (nonce is null || nonce != nonces.Current)
        {
            response.Headers[NonceHeader] = nonces.Current;
        }

        return nonce is not null && nonces.Accepts(nonce) ? null : new Refusal(UseNonce, "The DPoP proof must carry the nonce of this server.");
    }

    // §4.3 (9): query and fragment aside, and both in the normal form of RFC 3986 §6.2.2 and §6.2.3. The server is the one of
    // the configuration: a Host header that a stranger wrote would make a proof for the stranger good here.
    private bool IsOf(HttpRequest request, string stated)
    {
        if (stated.Length > LongestAddress
            || !stated.All(character => character is > ' ' and < '\x7f' and not '\\')
            || !Uri.TryCreate(stated, UriKind.Absolute, out var address)
            || address.UserInfo.Length > 0)
        {
            return false;
        }

        var path = (request.PathBase + request.Path).ToUriComponent();
        return IsAt(issuer.Uri.GetLeftPart(UriPartial.Authority)) || IsAt(issuer.Text) || (mutualTls.BaseUrl is { } alias && IsAt(alias));

        // The second is for a proxy that takes the path of the issuer away, the third for clients with a certificate.
        bool IsAt(string server) => address.GetLeftPart(UriPartial.Path) == new Uri(server + path).GetLeftPart(UriPartial.Path);
    }

    private static bool IsOf(string accessToken, string digest) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(digest), Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(accessToken)))));

    private static Refusal Wrong(string detail) => new(Invalid, detail);
}
