using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Server.Accounts;

/// <summary>How often one may try; a try that succeeds is not counted.</summary>
internal static class SignInLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private static readonly RateLimit OfAddress = new("sign-in address", 100, Window);
    private static readonly RateLimit OfAccount = new("sign-in account", 10, Window);
    private static readonly RateLimit OfCode = new("sign-in code", 10, Window);

    /// <summary>For an e-mail address, whether it has an account or not: the answer is the same.</summary>
    internal static (RateLimit Limit, string Key)[] ForPassword(HttpContext http, string normalizedEmail) => [Address(http), (OfAccount, normalizedEmail)];

    internal static (RateLimit Limit, string Key)[] ForCode(HttpContext http, string accountId) => [Address(http), (OfCode, accountId)];

    internal static (RateLimit Limit, string Key)[] ForPasskey(HttpContext http) => [Address(http)];

    private static (RateLimit Limit, string Key) Address(HttpContext http) => (OfAddress, RateLimits.KeyOf(http.Connection.RemoteIpAddress));
}
