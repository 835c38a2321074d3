using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Issuance;

/// <summary>The credential types of this authority: data, published in the trust bundle.</summary>
public static class CredentialTypeCatalogue
{
    public static IReadOnlyList<CredentialTypeEntry> Entries { get; } =
    [
        Entry(CredentialTypes.LegalIdentity, nameof(CredentialTypes.LegalIdentity), "Legal identity", "Identité légale"),
        Entry(CredentialTypes.AeoStatus, nameof(CredentialTypes.AeoStatus), "AEO status", "Statut d’OEA"),
        Entry(CredentialTypes.Mandate, nameof(CredentialTypes.Mandate), "Mandate", "Mandat"),
    ];

    /// <summary>How long a credential of any type is good for; its status says the rest.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(365);

    public static bool TryFind(string name, out int code)
    {
        code = Entries.FirstOrDefault(entry => entry.Name == name)?.Code ?? 0;
        return code != 0;
    }

    public static string Name(int code) => Entries.Single(entry => entry.Code == code).Name;

    private static CredentialTypeEntry Entry(int code, string name, string english, string french) =>
        new() { Code = code, Name = name, Names = [new("en", english), new("fr", french)] };
}
