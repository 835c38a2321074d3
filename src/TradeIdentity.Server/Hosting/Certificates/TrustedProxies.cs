using System.Net;

namespace TradeIdentity.Server.Hosting.Certificates;

/// <summary>Those of <c>Server:TrustedProxies</c>.</summary>
internal sealed class TrustedProxies(IReadOnlyCollection<IPAddress> addresses)
{
    public bool Include(IPAddress? address) =>
        address is not null && addresses.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
