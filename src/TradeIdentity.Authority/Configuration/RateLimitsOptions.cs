namespace TradeIdentity.Authority.Configuration;

/// <summary>Section <c>RateLimits</c>: how often the protocol endpoints may be asked in a minute, by all instances together.</summary>
public sealed class RateLimitsOptions
{
    /// <summary>By one network address (IPv6: one /64), of whatever kind.</summary>
    public int AddressRequests { get; set; } = 600_000;

    /// <summary>By one network address where nobody has to authenticate: authorization, device, pushed requests, sign-out, registration.</summary>
    public int AddressOpenRequests { get; set; } = 6_000;

    /// <summary>Refused, by one network address.</summary>
    public int AddressFailures { get; set; } = 3_000;

    /// <summary>Refused, by one network address in the name of one client.</summary>
    public int ClientFailures { get; set; } = 600;

    /// <summary>By one client that has authenticated.</summary>
    public int ClientRequests { get; set; } = 600_000;

    /// <summary>For one account: its authorization requests, its tokens, what is asked of it at UserInfo.</summary>
    public int AccountRequests { get; set; } = 600;
}
