using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>Finds who decides: the roles are those of now, whatever a token or a session was given on.</summary>
public sealed class AeoOfficers(Database database)
{
    /// <summary>The person; null where there is no such account, or it is disabled.</summary>
    public async Task<AeoOfficer?> OfAccountAsync(string accountId, CancellationToken cancellationToken)
    {
        var roles = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
                "SELECT roles FROM accounts WHERE id = @accountId AND disabled_at IS NULL", new { accountId }, cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false);
        return roles is null ? null : AeoOfficer.Person(accountId, [.. roles.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    /// <summary>A system of the authority that acts by itself, under its client id.</summary>
    public static AeoOfficer System(string clientId) => AeoOfficer.System(clientId);
}
