using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Authority.OpenId;

/// <summary>The server's challenges for instances of attested clients (attestation-based client authentication, draft 10 §6).</summary>
public sealed class AttestationChallenges(KeyEncryptionKey encryptionKey, TimeProvider time)
    : TimedNonces(encryptionKey, time, "TradeIdentity client attestation challenge 1"u8);
