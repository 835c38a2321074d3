using System.Globalization;
using System.Security.Claims;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>The sign-in that the browser's cookie proves.</summary>
internal sealed record PersonSignIn(string AccountId, string Sid, long AuthTime, string Acr, IReadOnlyList<string> Amr, bool MustAddSecondFactor)
{
    /// <summary>Another sign-in has another key: a new session, or the same with a later time.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Sid}.{AuthTime}.{Acr}");

    internal static PersonSignIn? Read(ClaimsPrincipal? principal) =>
        principal?.FindFirst("sub")?.Value is { } account && principal.FindFirst("sid")?.Value is { } sid
            && long.TryParse(principal.FindFirst("auth_time")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? new PersonSignIn(
                account,
                sid,
                at,
                principal.FindFirst("acr")?.Value ?? AcrValues.OneFactor,
                [.. principal.FindAll("amr").Select(claim => claim.Value)],
                principal.HasClaim(claim => claim.Type == "second_factor_required"))
            : null;
}
