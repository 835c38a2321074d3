using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Server.OpenId.Limits;

/// <summary>The limits of the protocol endpoints, as the section <c>RateLimits</c> has them.</summary>
internal sealed class ProtocolLimits(RateLimitsOptions options)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public RateLimit Address { get; } = new("protocol address", options.AddressRequests, Minute);

    public RateLimit AddressOpen { get; } = new("protocol address open", options.AddressOpenRequests, Minute);

    public RateLimit AddressFailures { get; } = new("protocol address failures", options.AddressFailures, Minute);

    public RateLimit ClientFailures { get; } = new("protocol client failures", options.ClientFailures, Minute);

    public RateLimit Client { get; } = new("protocol client", options.ClientRequests, Minute);

    public RateLimit Account { get; } = new("protocol account", options.AccountRequests, Minute);
}
