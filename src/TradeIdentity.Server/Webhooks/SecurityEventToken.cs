using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Webhooks;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Webhooks;

/// <summary>What is sent to a webhook: a Security Event Token (RFC 8417), signed with the keys of the provider, of which <c>jwks_uri</c> has the public ones.</summary>
internal sealed class SecurityEventToken(OpenIdKeys keys, IssuerAddress issuer, TimeProvider time)
{
    /// <summary>RFC 8417 §7.2.</summary>
    internal const string MediaType = "application/secevent+jwt";

    /// <summary>Begins the event of each notice; its kind follows.</summary>
    internal const string NoticeEvent = "urn:tradeidentity:notice:";

    /// <summary>Of OpenID Shared Signals Framework 1.0 §8.1.4: asks whether somebody is there.</summary>
    internal const string VerificationEvent = "https://schemas.openid.net/secevent/ssf/event-type/verification";

    /// <summary>
    /// Signed anew at each attempt: a receiver that takes nothing older than some minutes, and remembers the <c>jti</c> for as long, is
    /// never shown a message twice. <c>exp</c> is left out (RFC 8417 §2.2), and the audience is the address alone: what one
    /// receiver was sent, no other takes.
    /// </summary>
    internal string Create(DueDelivery delivery)
    {
        var claims = new Dictionary<string, object>
        {
            ["jti"] = delivery.Id,
            // RFC 9493 §3.2.5: whom it is about, as the register numbers it.
            ["sub_id"] = new Dictionary<string, object> { ["format"] = "opaque", ["id"] = delivery.Webhook.Tin.Value },
            ["events"] = Event(delivery),
        };
        if (delivery.Notice is { } notice)
        {
            claims["toe"] = notice.At.ToUnixTimeSeconds();
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "secevent+jwt",
            Issuer = issuer.Text,
            Audience = delivery.Webhook.Address,
            IssuedAt = time.GetUtcNow().UtcDateTime,
            SigningCredentials = keys.Signer(ClientMetadata.ES256),
            Claims = claims,
        });
    }

    private static Dictionary<string, object> Event(DueDelivery delivery) => delivery.Notice is not { } notice
        ? new() { [VerificationEvent] = new Dictionary<string, object> { ["state"] = delivery.Webhook.Id } }
        : new()
        {
            [NoticeEvent + notice.Kind] = new Dictionary<string, object>
            {
                ["notice"] = notice.Id,
                ["about"] = notice.About,
                ["facts"] = notice.Facts.GroupBy(fact => fact.Name).ToDictionary(facts => facts.Key, facts => (object)facts.First().Value),
            },
        };
}
