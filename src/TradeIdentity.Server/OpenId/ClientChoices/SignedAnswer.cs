using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace TradeIdentity.Server.OpenId.ClientChoices;

/// <summary>An answer as a JWT for one client: signed with the algorithm that it registered, and for nobody else.</summary>
internal sealed class SignedAnswer(OpenIdKeys keys, IssuerAddress issuer, TimeProvider time)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <param name="algorithm">ES256 or RS256.</param>
    /// <param name="type">The <c>typ</c> of the JWT.</param>
    /// <param name="clientId">Its audience.</param>
    /// <param name="claims">What it says beside <c>iss</c>, <c>aud</c> and <c>iat</c>.</param>
    public string Write(string algorithm, string type, string clientId, JsonObject claims)
    {
        claims["iss"] = issuer.Text;
        claims["aud"] = clientId;
        claims["iat"] = time.GetUtcNow().ToUnixTimeSeconds();
        return Handler.CreateToken(claims.ToJsonString(), keys.Signer(algorithm), new Dictionary<string, object> { ["typ"] = type });
    }
}
