using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Accounts;

/// <summary>A session as the principal of its requests: <c>sub</c>, <c>sid</c>, <c>auth_time</c>, <c>amr</c> by method, <c>acr</c>.</summary>
public static class SessionPrincipal
{
    /// <summary>There, with the value <c>true</c>, while an officer has shown one factor: nothing but a second is open to it.</summary>
    public const string SecondFactorRequired = "second_factor_required";

    internal static ClaimsPrincipal Of(Session session)
    {
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme, "sub", null);
        identity.AddClaim(new Claim("sub", session.AccountId));
        identity.AddClaim(new Claim("sid", session.Sid));
        identity.AddClaim(new Claim("auth_time", session.AuthTime.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64));
        identity.AddClaims(session.Amr.Select(method => new Claim("amr", method)));
        identity.AddClaim(new Claim("acr", session.Acr));
        if (session.SecondFactorRequired)
        {
            identity.AddClaim(new Claim(SecondFactorRequired, "true", ClaimValueTypes.Boolean));
        }

        return new ClaimsPrincipal(identity);
    }
}
