using System.Collections.Frozen;

namespace TradeIdentity.Authority.Accounts.IdentityProofs;

/// <summary>The codes of what a proof rests on. They are published and never change.</summary>
public static class ProofEvidence
{
    public static IReadOnlyList<string> DocumentTypes { get; } = ["idcard", "passport", "residence_permit", "driving_permit"];

    public static IReadOnlyList<string> ElectronicTypes { get; } = ["electronic_identification"];

    public static IReadOnlyList<string> OfficerTypes { get; } = ["digital_attestation", "written_attestation"];

    private static readonly FrozenDictionary<string, IdentityConfirmation> Confirmations = new Dictionary<string, IdentityConfirmation>(StringComparer.Ordinal)
    {
        ["document"] = IdentityConfirmation.Document,
        ["eid"] = IdentityConfirmation.ElectronicIdentification,
        ["officer"] = IdentityConfirmation.Officer,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, IdentityAssurance> Levels = new Dictionary<string, IdentityAssurance>(StringComparer.Ordinal)
    {
        ["low"] = IdentityAssurance.Low,
        ["substantial"] = IdentityAssurance.Substantial,
        ["high"] = IdentityAssurance.High,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<string> TypesOf(IdentityConfirmation confirmation) => confirmation switch
    {
        IdentityConfirmation.Document => DocumentTypes,
        IdentityConfirmation.ElectronicIdentification => ElectronicTypes,
        _ => OfficerTypes,
    };

    public static bool TryParse(string? code, out IdentityConfirmation confirmation) => Confirmations.TryGetValue(code ?? "", out confirmation);

    public static bool TryParse(string? code, out IdentityAssurance level) => Levels.TryGetValue(code ?? "", out level);

    public static string ToCode(this IdentityConfirmation confirmation) => Confirmations.Single(pair => pair.Value == confirmation).Key;

    public static string ToCode(this IdentityAssurance level) => Levels.Single(pair => pair.Value == level).Key;
}
