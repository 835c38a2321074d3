using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators;

/// <summary>An identifier as a source gives it; its evidence is that of the document unless it has its own.</summary>
public sealed record DeclaredIdentifier(IdentifierScheme Scheme, string Value, SourceEvidence? Evidence);
