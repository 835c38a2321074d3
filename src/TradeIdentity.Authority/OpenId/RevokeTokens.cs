using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Revokes tokens inside an act's transaction, those included that another transaction is issuing for one of them at this moment.
/// Consents stay: they are withdrawn one by one.
/// </summary>
internal static class RevokeTokens
{
    /// <summary>All that came of one authorization.</summary>
    public static Task<int> OfFamilyAsync(WriteTransaction tx, string authorizationId) =>
        ExecuteAsync(tx, "authorization_id = @AuthorizationId", new() { AuthorizationId = authorizationId });

    /// <summary>All that were issued for a person.</summary>
    public static Task<int> OfAccountAsync(WriteTransaction tx, string accountId) =>
        ExecuteAsync(tx, "subject = @AccountId", new() { AccountId = accountId });

    /// <summary>All that one client holds of a person.</summary>
    public static Task<int> OfAccountAtClientAsync(WriteTransaction tx, string accountId, string applicationId) =>
        ExecuteAsync(tx, "subject = @AccountId AND application_id = @ApplicationId", new() { AccountId = accountId, ApplicationId = applicationId });

    /// <summary>One token, which came of no authorization.</summary>
    public static Task<int> OneAsync(WriteTransaction tx, string id) => ExecuteAsync(tx, "id = @Id", new() { Id = id });

    // A command of PostgreSQL waits for whoever is using up one of the tokens and then revokes that one, but does not see what was
    // issued for it: the command after it does. Nothing escapes when one finds nothing left, because whoever issues for a token
    // must change it first. Therefore used tokens are among those revoked.
    private static async Task<int> ExecuteAsync(WriteTransaction tx, string which, Which parameters)
    {
        var all = 0;
        while (await tx.ExecuteAsync(
            $"UPDATE openid_tokens SET status = 'revoked', concurrency_token = @NextConcurrencyToken WHERE {which} AND status <> 'revoked'", parameters) is > 0 and var some)
        {
            all += some;
        }

        return all;
    }

    private sealed record Which
    {
        public string? Id { get; init; }

        public string? AuthorizationId { get; init; }

        public string? AccountId { get; init; }

        public string? ApplicationId { get; init; }

        public string NextConcurrencyToken { get; } = EntityId.NewConcurrencyToken();
    }
}
