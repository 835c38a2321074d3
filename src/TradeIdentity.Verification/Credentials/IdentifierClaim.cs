namespace TradeIdentity.Verification.Credentials;

/// <summary>An identifier of the legal entity.</summary>
/// <param name="Scheme">Code of the scheme; see <see cref="IdentifierSchemes"/>.</param>
/// <param name="Value">The identifier as registered.</param>
public readonly record struct IdentifierClaim(int Scheme, string Value);
