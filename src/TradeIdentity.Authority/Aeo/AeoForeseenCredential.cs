using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Aeo;

/// <summary>A credential that would have another status.</summary>
/// <param name="Id">Of the credential.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="From">Its status now.</param>
/// <param name="To">Its status then.</param>
public sealed record AeoForeseenCredential(string Id, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, StatusValue From, StatusValue To);
