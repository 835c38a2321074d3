using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>
/// Software statements (RFC 7591 §2.3): a JWT in which the publisher of a piece of software states its metadata. One of a
/// publisher that is configured here wins over what the client says itself; any other ends the registration.
/// </summary>
public sealed class SoftwareStatements(IReadOnlyList<SoftwarePublisher> publishers, TimeProvider time)
{
    private const int Deepest = 16;

    private static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256];

    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>The metadata of a registration, with what its software statement says.</summary>
    /// <returns>Refused with <c>invalid_client_metadata</c>, <c>invalid_software_statement</c> or <c>unapproved_software_statement</c>.</returns>
    internal async Task<Outcome<ClientMetadataDocument>> ApplyAsync(ReadOnlyMemory<byte> body)
    {
        if (!ClientMetadataDocument.Parse(body).TryGet(out var document, out var refusal))
        {
            return refusal;
        }

        if (document.Text(ClientMetadataNames.SoftwareStatement) is not { } text)
        {
            return document;
        }

        if (!TryRead(text, out var statement) || ReadClaims(statement) is not { } claims)
        {
            return new Refusal("invalid_software_statement", "software_statement is not a JWT.");
        }

        if (publishers.FirstOrDefault(known => known.Issuer == statement.Issuer) is not { } publisher)
        {
            return new Refusal("unapproved_software_statement", "The issuer of software_statement is not one that is configured here.");
        }

        if (!await IsSignedAsync(text, publisher))
        {
            return new Refusal("invalid_software_statement", "software_statement is not signed by its issuer, or not valid at this time.");
        }

        return ClientMetadataDocument.Read(claims).TryGet(out var stated, out refusal) ? document.OverriddenBy(stated) : refusal;
    }

    private async Task<bool> IsSignedAsync(string text, SoftwarePublisher publisher) =>
        (await Handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            ValidIssuer = publisher.Issuer,
            ValidateAudience = false,
            // RFC 7591 §2.3 asks for no expiry; one that is there counts.
            LifetimeValidator = (notBefore, expires, _, _) =>
                (notBefore is null || notBefore <= time.GetUtcNow().UtcDateTime + Leeway) && (expires is null || expires > time.GetUtcNow().UtcDateTime - Leeway),
            IssuerSigningKeys = publisher.Keys.GetSigningKeys(),
            TryAllIssuerSigningKeys = true,
        })).IsValid;

    private static bool TryRead(string text, out JsonWebToken statement)
    {
        try
        {
            statement = new JsonWebToken(text);
            return true;
        }
        catch (ArgumentException)
        {
            statement = null!;
            return false;
        }
    }

    private static JsonElement? ReadClaims(JsonWebToken statement)
    {
        try
        {
            return SignedClaims.Read(Base64Url.DecodeFromChars(statement.EncodedPayload), Deepest);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
