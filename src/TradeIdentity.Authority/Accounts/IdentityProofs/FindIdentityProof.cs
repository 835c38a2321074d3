using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.IdentityProofs;

/// <summary>Reads what was proven of the person of an account.</summary>
public sealed class FindIdentityProof(Database database)
{
    /// <summary>The proof, whether it still holds or not; null where there is none.</summary>
    public async Task<IdentityProof?> ExecuteAsync(string accountId, CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<IdentityProofRow>(new CommandDefinition(
                $"SELECT {IdentityProofRow.Columns} FROM identity_proofs p WHERE p.account_id = @AccountId", new { AccountId = accountId }, cancellationToken: cancellationToken)),
            cancellationToken))?.ToProof();
}
