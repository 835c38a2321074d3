using System.Text.Json;
using OpenIddict.Abstractions;
using TradeIdentity.Authority;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Codecs.Jose;
using TradeIdentity.Codecs.Signatures;
using TradeIdentity.Server.OpenId.Dpop;

namespace TradeIdentity.Server.OpenId.Attestation;

/// <summary>
/// The checks of draft-ietf-oauth-attestation-based-client-auth-10 §7.1 and §7.2: an attestation of a client that an attester of the
/// configuration signed, and a proof by the key that it names, made for this server and now. Whether the proof came before is for
/// <see cref="AuthenticateByAttestation"/>, which writes.
/// </summary>
internal sealed class ReadClientAttestation(Attesters attesters, AttestationChallenges challenges, IssuerAddress issuer, TimeProvider time)
{
    internal const string UseChallenge = "use_attestation_challenge";

    private const string UseFresh = "use_fresh_attestation";
    private const string Type = "oauth-client-attestation+jwt";
    private const string ProofType = "oauth-client-attestation-pop+jwt";
    private const int LongestAttestation = 8 * 1024;
    private const int LongestProof = 4 * 1024;
    private const int LongestJti = 255;

    // What an attester says beside is not read.
    private const int Deepest = 16;

    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    // The challenge is what says that the proof is of now; this refuses a clock that is plainly wrong.
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(10);

    private static readonly SignatureAlgorithm[] Accepted = [SignatureAlgorithm.ES256, SignatureAlgorithm.PS256];
    private static readonly SignatureAlgorithm[] AcceptedOfProof = [SignatureAlgorithm.ES256, SignatureAlgorithm.ES384, SignatureAlgorithm.PS256];

    internal static IEnumerable<string> Algorithms => Accepted.Select(algorithm => algorithm.ToString());

    internal static IEnumerable<string> ProofAlgorithms => AcceptedOfProof.Select(algorithm => algorithm.ToString());

    /// <returns>Refused with the error codes of draft 10 §7.4, or <c>invalid_client</c>.</returns>
    internal Outcome<ClientAttestation> Execute(HttpRequest request, string clientId)
    {
        if (request.Headers[ClientAttestation.Header] is not [{ } text] || request.Headers[ClientAttestation.ProofHeader] is not [{ } proofText])
        {
            return Wrong("This client authenticates with one attestation and one proof of possession.");
        }

        if (!CompactJws.TryParse(text, LongestAttestation, out var attestation) || attestation.Type != Type || SignedClaims.Read(attestation.Payload, Deepest) is not { } claims)
        {
            return Wrong("The client attestation is not a JWT of type oauth-client-attestation+jwt.");
        }

        if (attesters.All.FirstOrDefault(attester => IsOf(attester, attestation, claims, clientId)) is null)
        {
            return Wrong("The client attestation is not signed by an attester that is trusted for this client.");
        }

        if (Stale(claims) is { } stale)
        {
            return stale;
        }

        if (!claims.TryGetProperty("cnf", out var confirmation) || confirmation.ValueKind != JsonValueKind.Object
            || !confirmation.TryGetProperty("jwk", out var jwk) || ProofKey.TryRead(jwk, out var thumbprint) is not { } key)
        {
            return Wrong("'cnf' of the client attestation must hold a public key alone, EC (P-256, P-384) or RSA (2048 to 4096 bits).");
        }

        using (key)
        {
            return !CompactJws.TryParse(proofText, LongestProof, out var proof) || proof.Type != ProofType || SignedClaims.Read(proof.Payload, Deepest) is not { } proofClaims
                ? Wrong("The proof of possession is not a JWT of type oauth-client-attestation-pop+jwt.")
                : proof.Verify(key, AcceptedOfProof) != SignatureCheck.Valid
                ? Wrong("The proof of possession is not signed by the key of the attestation, with an algorithm that is accepted.")
                : Mistake(proofClaims, clientId) is { } mistake
                ? mistake
                : new ClientAttestation(clientId, thumbprint, SignedClaims.Text(proofClaims, "jti")!);
        }
    }

    // §7.1 (4) and (7). Drafts before 9 name the issuer; who does must be the one whose key it is.
    private static bool IsOf(ClientAttester attester, CompactJws attestation, JsonElement claims, string clientId) =>
        SignedClaims.Text(claims, "sub") == clientId
        && attester.MayAttest(clientId)
        && (!claims.TryGetProperty("iss", out _) || SignedClaims.Text(claims, "iss") == attester.Issuer)
        && SignedByOneOf.Verify(attestation, attester.Keys, Accepted);

    private Refusal? Stale(JsonElement claims)
    {
        var now = time.GetUtcNow();
        if (SignedClaims.Seconds(claims, "exp") is not { } expires || expires + (long)Leeway.TotalSeconds < now.ToUnixTimeSeconds())
        {
            return new Refusal(UseFresh, "The client attestation must carry an 'exp' that is not past.");
        }

        return IsAhead("iat") || IsAhead("nbf") ? Wrong("The client attestation is not valid yet.") : null;

        bool IsAhead(string name) => claims.TryGetProperty(name, out _) && (SignedClaims.Seconds(claims, name) is not { } at || at > (now + Leeway).ToUnixTimeSeconds());
    }

    private Refusal? Mistake(JsonElement claims, string clientId)
    {
        // One audience: a proof that also names another server could have been made for that one.
        if (!claims.TryGetProperty("aud", out var audience)
            || (audience.ValueKind == JsonValueKind.Array && audience.GetArrayLength() == 1 ? audience[0] : audience) is not { ValueKind: JsonValueKind.String } one
            || !one.ValueEquals(issuer.Text))
        {
            return Wrong("'aud' of the proof of possession must be the issuer of this server and nothing else.");
        }

        if (claims.TryGetProperty("iss", out _) && SignedClaims.Text(claims, "iss") != clientId)
        {
            return Wrong("'iss' of the proof of possession, where it has one, must be the client's id.");
        }

        if (SignedClaims.Text(claims, "jti") is not { Length: > 0 and <= LongestJti })
        {
            return Wrong("The proof of possession must carry a 'jti' of at most 255 characters.");
        }

        var now = time.GetUtcNow();
        if (SignedClaims.Seconds(claims, "iat") is not { } issued || issued < (now - ClockError).ToUnixTimeSeconds() || issued > (now + ClockError).ToUnixTimeSeconds())
        {
            return Wrong("'iat' of the proof of possession is not about now.");
        }

        return SignedClaims.Text(claims, "challenge") is { } challenge && challenges.Accepts(challenge)
            ? null
            : new Refusal(UseChallenge, "The proof of possession must carry the challenge of this server.");
    }

    private static Refusal Wrong(string detail) => new(OpenIddictConstants.Errors.InvalidClient, detail);
}
