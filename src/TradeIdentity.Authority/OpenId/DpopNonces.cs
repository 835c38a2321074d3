using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Authority.OpenId;

/// <summary>The server's nonces for DPoP proofs (RFC 9449 §8).</summary>
public sealed class DpopNonces(KeyEncryptionKey encryptionKey, TimeProvider time) : TimedNonces(encryptionKey, time, "TradeIdentity DPoP nonce 1"u8);
