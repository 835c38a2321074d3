using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenIddict.Abstractions;
using TradeIdentity.Authority;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Codecs.Jose;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Server.OpenId.SignedRequests;

/// <summary>
/// Reads a request object (RFC 9101 §6, OpenID Connect Core §6.1): signed by a key registered for the client, with the algorithm it
/// registered or one of this list, to this server alone, for a short time. Whether it came before is for <see cref="PassRequestOnce"/>.
/// </summary>
internal sealed class ReadRequestObject(ClientKeys clientKeys, IssuerAddress issuer, TimeProvider time)
{
    internal const string Invalid = "invalid_request_object";

    private const string Type = "oauth-authz-req+jwt";
    private const int LongestJti = 255;

    // The claims parameter is read to a depth of 8, and stands one below the object.
    private const int Deepest = 12;
    private const int MostClaims = 64;

    // FAPI 2.0 Message Signing §5.3.1: an hour at most.
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private static readonly SignatureAlgorithm[] Accepted = [SignatureAlgorithm.ES256, SignatureAlgorithm.PS256, SignatureAlgorithm.RS256];

    // FAPI 2.0 security profile §5.4.1.
    private static readonly SignatureAlgorithm[] AcceptedInFapi = [SignatureAlgorithm.ES256, SignatureAlgorithm.PS256];

    // What says something of the object itself (RFC 7519 §4.1), and is no parameter.
    private static readonly string[] OfTheToken = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

    // RFC 9101 §4: no object within the object. RFC 9126 §2: a client authenticates beside the request.
    private static readonly string[] Forbidden =
    [
        OpenIddictConstants.Parameters.Request, OpenIddictConstants.Parameters.RequestUri, OpenIddictConstants.Parameters.ClientSecret,
        OpenIddictConstants.Parameters.ClientAssertion, OpenIddictConstants.Parameters.ClientAssertionType,
    ];

    internal static IEnumerable<string> Algorithms => Accepted.Select(algorithm => algorithm.ToString());

    /// <param name="text">The object, of bounded length.</param>
    /// <param name="application">Its client, as the engine's application manager gives it.</param>
    /// <param name="lateBy">How long after its <c>exp</c> the object still counts: the time that a person took for this server's pages.</param>
    /// <param name="cancellationToken">Cancels the wait for the client's keys.</param>
    internal async ValueTask<Outcome<RequestObject>> ExecuteAsync(string text, object application, TimeSpan lateBy, CancellationToken cancellationToken)
    {
        var client = ClientMetadata.Of(application);
        if (!CompactJws.TryParse(text, text.Length, out var jws))
        {
            return Wrong("The request object is not a signed JWT in compact form.");
        }

        if (!IsOfType(jws.Type, client))
        {
            return Wrong("The type of the request object must be oauth-authz-req+jwt.");
        }

        if (await clientKeys.OfAsync(application, jws.KeyId, cancellationToken) is not { } keys || !SignedByOneOf.Verify(jws, keys, AlgorithmsOf(client)))
        {
            return Wrong("The request object is not signed by a key of its client, with an algorithm that is accepted of it.");
        }

        if (SignedClaims.Read(jws.Payload, Deepest) is not { } claims || claims.EnumerateObject().Count() > MostClaims)
        {
            return Wrong("The claims of the request object are malformed.");
        }

        if (Mistake(claims, client.ClientId, lateBy) is { } mistake)
        {
            return Wrong(mistake);
        }

        return Parameters(claims) is { } parameters
            ? new RequestObject(client.ClientId, parameters, SignedClaims.Text(claims, "jti") ?? DigestOf(text), Until(claims, lateBy))
            : Wrong("A parameter of the request object has a value that is none.");
    }

    /// <summary>The <c>client_id</c> that the object states, nothing of it verified; null where it states none.</summary>
    internal static string? StatedClient(string text) =>
        CompactJws.TryParse(text, text.Length, out var jws) && SignedClaims.Read(jws.Payload, Deepest) is { } claims ? SignedClaims.Text(claims, "client_id") : null;

    // RFC 9101 §10.8 wants the type, to tell the object from other JWTs of the client; the objects of OpenID Connect Core are older and
    // have none. What a client signs beside, its assertion, names it as subject, and no object may.
    private static bool IsOfType(string? type, ClientMetadata client) =>
        string.Equals(type, Type, StringComparison.OrdinalIgnoreCase)
        || string.Equals(type, "application/" + Type, StringComparison.OrdinalIgnoreCase)
        || (!client.IsFapi2 && (type is null || string.Equals(type, "JWT", StringComparison.OrdinalIgnoreCase)));

    private static SignatureAlgorithm[] AlgorithmsOf(ClientMetadata client)
    {
        var accepted = client.IsFapi2 ? AcceptedInFapi : Accepted;
        return client.RequestObjectSigningAlg is { } registered ? [.. accepted.Where(algorithm => algorithm.ToString() == registered)] : accepted;
    }

    private string? Mistake(JsonElement claims, string clientId, TimeSpan lateBy)
    {
        var now = time.GetUtcNow();
        if (SignedClaims.Text(claims, "client_id") != clientId || SignedClaims.Text(claims, "iss") != clientId)
        {
            return "'client_id' and 'iss' of the request object must both be the client's id.";
        }

        if (SignedClaims.Text(claims, "sub") == clientId)
        {
            return "'sub' of the request object must not be the client's id.";
        }

        if (!IsForThisServer(claims))
        {
            return "'aud' of the request object must be the issuer of this server and nothing else.";
        }

        if (SignedClaims.Seconds(claims, "exp") is not { } expires || Moment(expires) > now + LongestLife + Leeway || Moment(expires) + Leeway + lateBy < now)
        {
            return "The request object must carry an 'exp' that is not past and within an hour.";
        }

        if (claims.TryGetProperty("nbf", out _) && (SignedClaims.Seconds(claims, "nbf") is not { } notBefore || Moment(notBefore) > now + Leeway))
        {
            return "The request object is not valid yet.";
        }

        if (claims.TryGetProperty("jti", out _) && SignedClaims.Text(claims, "jti") is not { Length: > 0 and <= LongestJti })
        {
            return "'jti' of the request object must be a text of at most 255 characters.";
        }

        return Forbidden.FirstOrDefault(name => claims.TryGetProperty(name, out _)) is { } forbidden
            ? $"The request object must not contain '{forbidden}'."
            : null;
    }

    // As of a client assertion: an object that also names another server could have been made for that one.
    private bool IsForThisServer(JsonElement claims) =>
        claims.TryGetProperty("aud", out var audience)
        && (audience.ValueKind == JsonValueKind.Array && audience.GetArrayLength() == 1 ? audience[0] : audience) is { ValueKind: JsonValueKind.String } one
        && (one.ValueEquals(issuer.Text) || one.ValueEquals(issuer.Text + "/"));

    private static OpenIddictRequest? Parameters(JsonElement claims)
    {
        var request = new OpenIddictRequest();
        foreach (var claim in claims.EnumerateObject().Where(claim => !OfTheToken.Contains(claim.Name)))
        {
            if (Parameter(claims, claim.Name, claim.Value) is not { } value)
            {
                return null;
            }

            request.SetParameter(claim.Name, value);
        }

        return request;
    }

    // RFC 9101 §4: texts are JSON strings, numbers JSON numbers, and what is JSON in a plain request is JSON here. From here on each
    // is what it would be in a plain request.
    private static OpenIddictParameter? Parameter(JsonElement claims, string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => SignedClaims.Text(claims, name) is { } text ? new OpenIddictParameter(text) : (OpenIddictParameter?)null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Object => new OpenIddictParameter(value.GetRawText()),
        // RFC 8707 §2: these may come several times.
        JsonValueKind.Array when name is OpenIddictConstants.Parameters.Resource or OpenIddictConstants.Parameters.Audience =>
            SignedClaims.Texts(claims, name) is { } texts ? new OpenIddictParameter([.. texts]) : (OpenIddictParameter?)null,
        JsonValueKind.Array => new OpenIddictParameter(value.GetRawText()),
        _ => null,
    };

    // Of header and claims: there is more than one signature of the same.
    private static string DigestOf(string text) =>
        "sha256:" + Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(text[..text.LastIndexOf('.')])));

    private static DateTimeOffset Until(JsonElement claims, TimeSpan lateBy) => Moment(SignedClaims.Seconds(claims, "exp")!.Value) + Leeway + lateBy;

    private static DateTimeOffset Moment(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static Refusal Wrong(string detail) => new(Invalid, detail);
}
