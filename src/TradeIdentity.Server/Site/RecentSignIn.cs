using System.Security.Claims;
using TradeIdentity.Authority;

namespace TradeIdentity.Server.Site;

/// <summary>How long ago one may have signed in for what must not be done by whoever finds a browser open, or a token lying about.</summary>
internal static class RecentSignIn
{
    /// <summary>NIST SP 800-63B-4 §2.1.3.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Of a token of a person: refused where its sign-in is older, whatever it was refreshed to since.</summary>
    internal static Refusal? Refuse(ClaimsPrincipal token, DateTimeOffset now) =>
        long.TryParse(token.FindFirstValue("auth_time"), out var at) && now - DateTimeOffset.FromUnixTimeSeconds(at) <= Longest
            ? null
            : new Refusal("recent_sign_in_required", "This takes a sign-in of the last 15 minutes: ask for a token with max_age=900 or prompt=login.");
}
