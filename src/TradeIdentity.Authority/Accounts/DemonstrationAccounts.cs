using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

/// <summary>Tells whether a database has accounts of a demonstration, whose passwords lie in a file.</summary>
public sealed class DemonstrationAccounts(Database database)
{
    public async Task<bool> AnyAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COUNT(*) FROM accounts WHERE is_demonstration = 1", cancellationToken: cancellationToken)), cancellationToken) > 0;
}
