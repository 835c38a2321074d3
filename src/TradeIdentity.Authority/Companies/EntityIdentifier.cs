namespace TradeIdentity.Authority.Companies;

/// <summary>A number of an entity as somebody states it, e.g. <c>lei</c>.</summary>
public sealed record EntityIdentifier(string Scheme, string Value);
