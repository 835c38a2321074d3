using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.QrText;
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

    /// <summary>Id of the mandate that a Mandate credential states; null for every other type.</summary>
    public string? Mandate { get; init; }

    /// <summary>How it was revoked; null where it was not, or where that is not known.</summary>
    public CredentialEnd? EndedAs { get; init; }

    /// <summary>The one that was issued in its place.</summary>
    public CredentialId? ReplacedBy { get; init; }

    /// <summary>What it says: read from what was signed.</summary>
    public Credential Read()
    {
        Span<byte> message = stackalloc byte[Ti1Text.MaxMessageLength];
        return Ti1Text.TryDecode(QrText, message, out var length)
            && CoseSign1.TryParse(message[..length], out var sign1)
            && CredentialReader.TryRead(sign1.Payload, out var credential)
                ? credential
                : throw new InvalidDataException("A stored credential is damaged.");
    }
}
