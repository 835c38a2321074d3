using TradeIdentity.Authority.Cards;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Tests.Cards;

/// <summary>Cards of invented companies.</summary>
internal static class CardSamples
{
    private static readonly DateTimeOffset Issued = new(2026, 3, 12, 9, 40, 0, TimeSpan.Zero);

    internal const string LongName =
        "Société Générale des Entrepôts Frigorifiques et Transports Multimodaux de la Vallée du Rhône et des Ports Francs de Méditerranée, Successeurs de "
        + "Delacroix, Vandenberghe & Fils Réunis, Société Anonyme à Directoire et Conseil de Surveillance en Réorganisation";

    internal const string ArabicName = "شركة الخليج للتجارة والنقل الدولي (فرع 12) ش.م.م";
    internal const string ChineseName = "上海东方国际贸易（集团）有限公司";

    /// <summary>The length of an AEO credential at the profile's budget: version 14 at M.</summary>
    internal static readonly string QrText = "TI1:" + string.Concat(Enumerable.Range(0, 502).Select(i => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[i * 7 % 45]));

    internal static CardContent Of(string legalName = "Meridian Fictional Trading B.V.") => new()
    {
        IssuerName = "Customs Administration of the Netherlands",
        TypeName = "AEO status",
        ComponentNames = new Dictionary<int, string> { [1] = "AEO Customs simplifications", [2] = "AEO Security and safety" },
        QrText = QrText,
        VerifyAddress = "https://identity.customs.example/verify",
        Credential = new Credential
        {
            Issuer = "NL-DOUANE",
            Type = CredentialTypes.AeoStatus,
            IssuedAt = Issued,
            NotBefore = Issued,
            ExpiresAt = Issued.AddYears(1),
            Status = new StatusReference(1, 4711),
            LegalName = legalName,
            Tin = "NL854502130",
            Jurisdiction = "NL",
            Roles = ["IM", "EX", "CB"],
            Identifiers = [new(1, "724500VKKSH9QOLTFR81", true), new(2, "NL854502130", false)],
            Address = "Havenweg 12, 3011 AA Rotterdam",
            Aeo =
            [
                new(1, AeoComponentStatus.Granted, "NLAEOC00001234", new DateOnly(2024, 3, 12)),
                new(2, AeoComponentStatus.Suspended, "NLAEOS00005678", new DateOnly(2024, 3, 12), new DateOnly(2027, 3, 11)),
            ],
        },
    };
}
