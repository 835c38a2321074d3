using System.Net;

namespace TradeIdentity.Authority.Outbound;

/// <summary>What a registered address answered.</summary>
public sealed record OutboundAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body);
