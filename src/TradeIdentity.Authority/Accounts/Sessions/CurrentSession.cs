using Microsoft.AspNetCore.Http;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>The session that the request at hand belongs to, where there is one: set when the cookie was found good.</summary>
public sealed class CurrentSession(IHttpContextAccessor http)
{
    public Session? Session
    {
        get => http.HttpContext?.Features.Get<Session>();
        set => http.HttpContext?.Features.Set(value);
    }

    public string? AccountId => Session?.AccountId;

    /// <summary>The session's id where it is this account's own.</summary>
    public string? SidOf(string accountId) => Session is { } session && session.AccountId == accountId ? session.Sid : null;
}
