using TradeIdentity.Authority.Keys;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Issuance;

/// <summary>
/// A draft that passed the profile's lint. It is sealed once, with the status index allocated to it; there is no
/// other way to have the issuing key sign a credential.
/// </summary>
internal sealed class PreparedCredential
{
    private Credential? _draft;

    internal PreparedCredential(Credential draft) => _draft = draft;

    /// <summary>Signs it under <paramref name="status"/>.</summary>
    /// <returns>What was signed, as facts and as payload, and the COSE_Sign1 message.</returns>
    /// <exception cref="InvalidOperationException">It was sealed before.</exception>
    internal (Credential Credential, byte[] Payload, byte[] Message) Seal(StatusReference status, SigningKey key)
    {
        var draft = Interlocked.Exchange(ref _draft, null) ?? throw new InvalidOperationException("A prepared credential is sealed once.");
        var credential = draft with { Status = status };
        var payload = CredentialWriter.Write(credential);
        return (credential, payload, key.SignMessage(CredentialWriter.Type, payload));
    }
}
