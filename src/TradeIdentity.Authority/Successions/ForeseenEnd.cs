using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Authority.Successions;

/// <summary>What would end of an operator that others succeed to.</summary>
/// <param name="Operator">As it is.</param>
/// <param name="Components">AEO components that it holds.</param>
/// <param name="Credentials">How many of its credentials would be revoked.</param>
/// <param name="Mandates">How many mandates that it granted, or holds, would end.</param>
public sealed record ForeseenEnd(Operator Operator, IReadOnlyList<AeoComponent> Components, int Credentials, int Mandates);
