using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Issuance;

/// <summary>What is asked for: a credential of one type for one operator.</summary>
/// <param name="Tin">The operator.</param>
/// <param name="Type">A code of <see cref="Verification.Credentials.CredentialTypes"/>.</param>
/// <param name="Mandate">Id of the mandate that a Mandate credential states; null for every other type.</param>
public sealed record CredentialRequest(Tin Tin, int Type, string? Mandate = null);
