using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// What a <c>private_key_jwt</c> assertion must say, once its signature was found good (RFC 7523 §3): who speaks, to this
/// server alone, for a short time, and once. The engine checks most of it too, later and under other error codes; here
/// every failure is the one that it is, a client that did not authenticate.
/// </summary>
internal sealed class CheckClientAssertion(IssuerAddress server, ReplayGuard replays, TimeProvider time)
    : IOpenIddictServerHandler<OpenIddictServerEvents.ValidateTokenContext>
{
    // Long enough for any clock and queue, short enough that a row of the replay guard does not live long.
    private const int LongestLifeSeconds = 600;

    private const int LongestJti = 255;

    // What the reader of the platform takes.
    private const int Deepest = 64;

    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.ValidateTokenContext>(handler => handler
            .UseScopedHandler<CheckClientAssertion>()
            .SetOrder(OpenIddictServerHandlers.Protection.ValidateIdentityModelToken.Descriptor.Order + 500));

    public async ValueTask HandleAsync(OpenIddictServerEvents.ValidateTokenContext context)
    {
        if (!context.ValidTokenTypes.Contains(OpenIddictConstants.TokenTypeIdentifiers.Private.ClientAssertion))
        {
            return;
        }

        if (context.TokenValidationResult is not { IsValid: true, SecurityToken: JsonWebToken assertion } || Read(assertion) is not { } claims)
        {
            Refuse(context, "The client assertion could not be verified.");
        }
        else if (Mistake(claims, context.Transaction.Request?.ClientId) is { } mistake)
        {
            Refuse(context, mistake);
        }
        else if (!await replays.TryPassAsync("client_assertion", SignedClaims.Text(claims, "iss")!, SignedClaims.Text(claims, "jti")!, Until(claims), context.CancellationToken))
        {
            Refuse(context, "The client assertion was used before.");
        }
    }

    private static JsonElement? Read(JsonWebToken assertion)
    {
        try
        {
            return SignedClaims.Read(Base64Url.DecodeFromChars(assertion.EncodedPayload), Deepest);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private string? Mistake(JsonElement claims, string? clientId)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var leeway = (long)AcceptClientAssertion.Leeway.TotalSeconds;
        var issuer = SignedClaims.Text(claims, "iss");
        if (string.IsNullOrEmpty(issuer) || SignedClaims.Text(claims, "sub") != issuer || (clientId ?? issuer) != issuer)
        {
            return "'iss' and 'sub' of the client assertion must both be the client's id.";
        }

        if (!IsForThisServer(claims))
        {
            return "'aud' of the client assertion must be the issuer of this server and nothing else.";
        }

        if (SignedClaims.Seconds(claims, "exp") is not { } expires || expires + leeway < now || expires > now + LongestLifeSeconds + leeway)
        {
            return "The client assertion must carry an 'exp' that is not past and within 10 minutes.";
        }

        if (claims.TryGetProperty("nbf", out _) && (SignedClaims.Seconds(claims, "nbf") is not { } notBefore || notBefore > now + leeway))
        {
            return "The client assertion is not valid yet.";
        }

        return SignedClaims.Text(claims, "jti") is { Length: > 0 and <= LongestJti }
            ? null
            : "The client assertion must carry a 'jti' of at most 255 characters.";
    }

    // CVE-2025-27370: an assertion that also names another server could have been made for that one. One value, in an
    // array or by itself, compared as it is written.
    private bool IsForThisServer(JsonElement claims) =>
        claims.TryGetProperty("aud", out var audience)
        && (audience.ValueKind == JsonValueKind.Array && audience.GetArrayLength() == 1 ? audience[0] : audience) is { ValueKind: JsonValueKind.String } one
        && (one.ValueEquals(server.Text) || one.ValueEquals(server.Text + "/"));

    private static DateTimeOffset Until(JsonElement claims) =>
        DateTimeOffset.FromUnixTimeSeconds(SignedClaims.Seconds(claims, "exp")!.Value) + AcceptClientAssertion.Leeway;

    private static void Refuse(OpenIddictServerEvents.ValidateTokenContext context, string description) =>
        context.Reject(OpenIddictConstants.Errors.InvalidClient, description);
}
