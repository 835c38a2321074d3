using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Benchmarks.Verification;

/// <summary>The AEO credential that the profile's budget is stated for: docs/qr-profile.md.</summary>
internal static class BudgetCredential
{
    internal static Credential At(DateTimeOffset issuedAt, StatusReference status) => new()
    {
        Issuer = "NL-DOUANE",
        Type = CredentialTypes.AeoStatus,
        IssuedAt = issuedAt,
        NotBefore = issuedAt,
        ExpiresAt = issuedAt.AddYears(1),
        Status = status,
        LegalName = "Example Flower Exporters Netherlands B.V", // 40 characters
        Tin = "NL854502130",
        Jurisdiction = "NL",
        Identifiers = [new IdentifierClaim(1, "506700GE1G29325QX363", IsConfirmed: true)],
        Roles = ["IM", "EX"],
        Aeo =
        [
            new AeoComponentClaim(1, AeoComponentStatus.Granted, "NLAEOC00000001", new DateOnly(2024, 1, 1)),
            new AeoComponentClaim(2, AeoComponentStatus.Granted, "NLAEOS00000001", new DateOnly(2024, 1, 1)),
        ],
        Address = "Voorbeeldkade 1, 3011 AA Rotterdam NL, EU", // 41 characters
        EntityAssurance = 2,
    };
}
