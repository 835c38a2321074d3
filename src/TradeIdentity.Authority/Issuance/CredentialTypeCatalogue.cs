using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Issuance;

/// <summary>The credential types of this authority: data, published in the trust bundle.</summary>
public static class CredentialTypeCatalogue
{
    public static IReadOnlyList<CredentialTypeEntry> Entries { get; } =
    [
        Entry(CredentialTypes.LegalIdentity, nameof(CredentialTypes.LegalIdentity), [new("en", "Legal identity"), new("fr", "Identité légale"), new("es", "Identidad jurídica"), new("ar", "الهوية القانونية"), new("zh", "法律身份")]),
        Entry(CredentialTypes.AeoStatus, nameof(CredentialTypes.AeoStatus), [new("en", "AEO status"), new("fr", "Statut d’OEA"), new("es", "Estatuto de OEA"), new("ar", "صفة المشغل الاقتصادي المعتمد"), new("zh", "AEO 资格")]),
        Entry(CredentialTypes.Mandate, nameof(CredentialTypes.Mandate), [new("en", "Mandate"), new("fr", "Mandat"), new("es", "Mandato"), new("ar", "تفويض"), new("zh", "委托")]),
    ];

    /// <summary>How long a credential of any type is good for; its status says the rest.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(365);

    public static bool TryFind(string name, out int code)
    {
        code = Entries.FirstOrDefault(entry => entry.Name == name)?.Code ?? 0;
        return code != 0;
    }

    public static string Name(int code) => Entries.Single(entry => entry.Code == code).Name;

    private static CredentialTypeEntry Entry(int code, string name, IReadOnlyList<KeyValuePair<string, string>> names) =>
        new() { Code = code, Name = name, Names = names };
}
