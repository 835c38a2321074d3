using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId.Registration;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// How the signature of a <c>private_key_jwt</c> assertion is checked (RFC 7523 §3, OpenID Connect Core §9): by a public key
/// registered for the client, with an algorithm of this list and no other. The algorithm in the token chooses nothing, so
/// neither <c>none</c> nor a public key taken for an HMAC secret gets through.
/// </summary>
internal sealed class AcceptClientAssertion(IOpenIddictApplicationManager applications, ClientKeys clientKeys) : IOpenIddictServerHandler<OpenIddictServerEvents.ValidateTokenContext>
{
    /// <summary>Clocks of two well-kept machines differ by less.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private const string Type = "client-authentication+jwt";

    private static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256];

    private static readonly string[] Endpoints = ["token", "introspection", "revocation"];

    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<OpenIddictServerEvents.ValidateTokenContext>(handler => handler
            .UseScopedHandler<AcceptClientAssertion>()
            .SetOrder(OpenIddictServerHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 500));
        server.Configure(options =>
        {
            options.ClientAuthenticationMethods.Remove(OpenIddictConstants.ClientAuthenticationMethods.ClientSecretJwt);
        });
        server.AddEventHandler<OpenIddictServerEvents.ApplyConfigurationResponseContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.Response.Error is null)
                {
                    foreach (var endpoint in Endpoints)
                    {
                        context.Response[endpoint + "_endpoint_auth_signing_alg_values_supported"] = new OpenIddictParameter([.. Algorithms]);
                    }
                }

                return default;
            })
            .SetOrder(int.MinValue));
    }

    public async ValueTask HandleAsync(OpenIddictServerEvents.ValidateTokenContext context)
    {
        if (!context.ValidTokenTypes.Contains(OpenIddictConstants.TokenTypeIdentifiers.Private.ClientAssertion) || context.TokenValidationParameters is not { } parameters)
        {
            return;
        }

        parameters.ValidAlgorithms = Algorithms;
        parameters.ClockSkew = Leeway;
        parameters.RequireSignedTokens = true;
        // RFC 7523 asks for no type, and common libraries send none or JWT; the profile that names one came later.
        parameters.TypeValidator = (type, _, _) => type is null or "" or Type or "application/" + Type || string.Equals(type, "JWT", StringComparison.OrdinalIgnoreCase)
            ? Type
            : throw new SecurityTokenInvalidTypeException("The type of the client assertion is not one of a client assertion.") { InvalidType = type };
        // The engine's own resolver blocks a thread while it reads the keys.
        parameters.IssuerSigningKeyResolver = null;
        parameters.IssuerSigningKeys = await KeysOfIssuerAsync(context.Token!, context.CancellationToken);
        parameters.TryAllIssuerSigningKeys = true;
    }

    private async Task<IEnumerable<SecurityKey>> KeysOfIssuerAsync(string assertion, CancellationToken cancellationToken)
    {
        // Nothing of the token is believed yet: its issuer only says whose keys must have signed it.
        if (!TryReadIssuer(assertion, out var issuer, out var kid)
            || await applications.FindByClientIdAsync(issuer, cancellationToken) is not { } application
            || await clientKeys.OfAsync(application, kid, cancellationToken) is not { } keys)
        {
            return [];
        }

        return keys.GetSigningKeys();
    }

    private static bool TryReadIssuer(string assertion, out string issuer, out string? kid)
    {
        try
        {
            var token = new JsonWebToken(assertion);
            (issuer, kid) = (token.Issuer, string.IsNullOrEmpty(token.Kid) ? null : token.Kid);
        }
        catch (ArgumentException)
        {
            // Not a JWT: what the reader throws for every malformed text.
            (issuer, kid) = ("", null);
        }

        return issuer is { Length: > 0 };
    }
}
