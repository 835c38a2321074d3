using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

/// <summary>Which roles an account has, asked inside an act: a token or a session can be older than the loss of one.</summary>
internal static class RolesOfNow
{
    /// <summary>False for an account that is disabled, and for none.</summary>
    internal static async Task<bool> HasAsync(WriteTransaction tx, string accountId, string role) =>
        (await tx.ScalarAsync<string>("SELECT roles FROM accounts WHERE id = @accountId AND disabled_at IS NULL", new { accountId }).ConfigureAwait(false))?.Split(' ').Contains(role) == true;
}
