using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Credentials;

/// <summary>A credential that was issued: what is known of it in the ledger.</summary>
public sealed record IssuedCredential
{
    public required CredentialId Id { get; init; }

    /// <summary>A code of <see cref="CredentialTypes"/>.</summary>
    public required int Type { get; init; }

    public required string Tin { get; init; }

    /// <summary>The text of its QR code.</summary>
    public required string QrText { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required StatusReference StatusReference { get; init; }

    public required StatusValue Status { get; init; }
}
