namespace TradeIdentity.Verification.Credentials;

/// <summary>One component of an AEO status, e.g. AEOC, as of the credential's issue.</summary>
/// <param name="Component">Code of the component in the programme catalogue of the trust bundle.</param>
/// <param name="Status">Status when the credential was signed.</param>
/// <param name="AuthorisationNumber">Number of the authorisation decision.</param>
/// <param name="EffectiveFrom">First day of its effect.</param>
/// <param name="EffectiveUntil">Last day of its effect, or null where it has none.</param>
public sealed record AeoComponentClaim(
    int Component, AeoComponentStatus Status, string AuthorisationNumber, DateOnly EffectiveFrom, DateOnly? EffectiveUntil = null);
