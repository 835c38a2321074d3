namespace TradeIdentity.Verification.Credentials;

/// <summary>An identifier of the legal entity. Well-formed is not verified: only a confirmed one was checked by the issuer.</summary>
/// <param name="Scheme">Code of the scheme; see <see cref="IdentifierSchemes"/>.</param>
/// <param name="Value">The identifier as registered.</param>
/// <param name="IsConfirmed">Whether a register, a document or an officer confirmed it; else it is only declared.</param>
public readonly record struct IdentifierClaim(int Scheme, string Value, bool IsConfirmed);
