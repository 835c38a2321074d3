using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>Revokes all tokens that were issued for a person, inside an act's transaction. Consents stay: they are withdrawn one by one.</summary>
internal static class RevokeTokensOf
{
    public static Task<int> ExecuteAsync(WriteTransaction tx, string accountId) => tx.ExecuteAsync(
        """
        UPDATE openid_tokens SET status = 'revoked', concurrency_token = @NextConcurrencyToken
        WHERE subject = @Subject AND status IN ('inactive', 'valid')
        """,
        new { Subject = accountId, NextConcurrencyToken = EntityId.NewConcurrencyToken() });
}
