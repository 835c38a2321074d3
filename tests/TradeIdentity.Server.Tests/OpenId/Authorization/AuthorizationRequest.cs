using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Server.Tests.OpenId.Authorization;

/// <summary>An authorization request of one of the host's relying parties.</summary>
public sealed record AuthorizationRequest
{
    public string ClientId { get; init; } = PersonHost.Agency;

    public string RedirectUri { get; init; } = PersonHost.Callback;

    public string Verifier { get; } = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    /// <summary>Changes and additions; null takes a parameter away.</summary>
    public Dictionary<string, string?> More { get; init; } = [];

    public Dictionary<string, string?> Parameters
    {
        get
        {
            var parameters = new Dictionary<string, string?>
            {
                ["client_id"] = ClientId,
                ["redirect_uri"] = RedirectUri,
                ["response_type"] = "code",
                ["scope"] = "openid",
                ["state"] = "a state",
                ["nonce"] = "a nonce",
                ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
                ["code_challenge_method"] = "S256",
            };
            foreach (var (name, value) in More)
            {
                parameters[name] = value;
            }

            return parameters.Where(parameter => parameter.Value is not null).ToDictionary();
        }
    }

    public string Address => QueryHelpers.AddQueryString("/connect/authorize", Parameters);

    public static AuthorizationRequest With(params (string Name, string? Value)[] more) => new() { More = more.ToDictionary(pair => pair.Name, pair => pair.Value) };
}
