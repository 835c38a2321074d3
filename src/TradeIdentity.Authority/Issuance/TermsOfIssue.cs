using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Issuance;

/// <summary>
/// What has to hold in the transaction that stores a credential, asked just before it is stored. What it writes is kept exactly where
/// the credential is.
/// </summary>
/// <returns>Why the credential is not stored; null where it is.</returns>
internal delegate Task<Refusal?> TermsOfIssue(WriteTransaction tx, IssuedCredential credential, DateTimeOffset now);
