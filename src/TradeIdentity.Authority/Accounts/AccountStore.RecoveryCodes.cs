using Dapper;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

public sealed partial class AccountStore
{
    public Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Set(() => user.NewRecoveryCodes = [.. recoveryCodes.Select(code => CodeHash(user, code))]);

    /// <summary>Takes the code away at once: of two that come with the same code, one is answered true.</summary>
    public Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var actor = Actor(user);
        return database.WriteAsync(async tx =>
        {
            if (await tx.ExecuteAsync("DELETE FROM account_recovery_codes WHERE account_id = @Id AND code_hash = @Hash", new { user.Id, Hash = CodeHash(user, code) }) == 0)
            {
                return false;
            }

            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), AccountEvent.Of(SecurityEvents.RecoveryCodeUsed, user.Id, actor));
            return true;
        }, cancellationToken);
    }

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (int)await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COUNT(*) FROM account_recovery_codes WHERE account_id = @Id", new { user.Id }, cancellationToken: cancellationToken)), cancellationToken);

    private static async Task ReplaceCodesAsync(WriteTransaction tx, string accountId, IReadOnlyList<byte[]> hashes)
    {
        await tx.ExecuteAsync("DELETE FROM account_recovery_codes WHERE account_id = @AccountId", new { AccountId = accountId });
        await tx.ExecuteAsync(
            "INSERT INTO account_recovery_codes (account_id, code_hash) VALUES (@AccountId, @Hash)", hashes.Select(hash => new { AccountId = accountId, Hash = hash }));
    }

    // 45 random bits are few for a plain hash; under a key that is not in the database they are enough.
    private byte[] CodeHash(Account user, string code) => _recoveryCodes.Hash(user.Id, string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant());
}
