using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Cards;

/// <summary>What a printed card shows. Everything is in hand: making the card reads no database and no clock.</summary>
public sealed record CardContent
{
    /// <summary>The issuing administration, as people call it.</summary>
    public required string IssuerName { get; init; }

    /// <summary>Display name of the credential's type, e.g. <c>AEO status</c>.</summary>
    public required string TypeName { get; init; }

    public required Credential Credential { get; init; }

    /// <summary>Display names of AEO components by their code in a credential; one without a name shows its code.</summary>
    public required IReadOnlyDictionary<int, string> ComponentNames { get; init; }

    /// <summary>The text of the QR code, as issued.</summary>
    public required string QrText { get; init; }

    /// <summary>Where anyone can verify the card, e.g. <c>https://identity.customs.example/verify</c>.</summary>
    public required string VerifyAddress { get; init; }
}
