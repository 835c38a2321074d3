using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
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

    /// <summary>Why they decide nothing of an operator for which one of them acts; null where none does.</summary>
    internal static async Task<Refusal?> OwnOperatorAsync(WriteTransaction tx, Tin tin, string one, string other) =>
        await tx.ScalarAsync<string>(
            "SELECT id FROM memberships WHERE tin = @tin AND until IS NULL AND account_id IN (@one, @other) LIMIT 1",
            new { tin = tin.Value, one, other }).ConfigureAwait(false) is null
            ? null
            : new Refusal("aeo_own_operator", "An officer who acts for the operator decides nothing of it.");
}
