using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Verification.Verdicts;

/// <summary>A status and its time.</summary>
/// <param name="Value">The status.</param>
/// <param name="AsOf">The time of which it is; null for a status that was not found.</param>
/// <param name="Age">How old it is at the time verified for; zero at the least.</param>
public sealed record CredentialStatus(StatusValue Value, DateTimeOffset? AsOf, TimeSpan Age);
