using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.Logout;

/// <summary>The logout token of OpenID Connect Back-Channel Logout 1.0 §2.4.</summary>
internal sealed class LogoutToken(OpenIdKeys keys, IssuerAddress issuer, TimeProvider time)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    // §2.4 recommends at most two minutes.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    /// <summary>Signed like the client's ID tokens (§2.6), of which <paramref name="subject"/> is the subject too.</summary>
    internal string Create(ClientMetadata client, string subject, string sid)
    {
        var now = time.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "logout+jwt",
            Issuer = issuer.Text,
            Audience = client.ClientId,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Life).UtcDateTime,
            SigningCredentials = keys.Signer(client.IdTokenSignedResponseAlg),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = subject,
                ["sid"] = sid,
                ["jti"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
                ["events"] = new Dictionary<string, object> { [Event] = new Dictionary<string, object>() },
            },
        });
    }
}
