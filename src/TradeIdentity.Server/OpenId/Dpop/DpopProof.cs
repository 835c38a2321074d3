namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>A proof (RFC 9449 §4.2) of the request that it came with.</summary>
/// <param name="Thumbprint"><c>jkt</c> of the key that signed it (RFC 7638, SHA-256).</param>
/// <param name="Algorithm">Its name in JOSE.</param>
/// <param name="Jti">Its one-time value.</param>
/// <param name="AcceptableUntil">The last moment at which it would be accepted.</param>
internal sealed record DpopProof(string Thumbprint, string Algorithm, string Jti, DateTimeOffset AcceptableUntil);
