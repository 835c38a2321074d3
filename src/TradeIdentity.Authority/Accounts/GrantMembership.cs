using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

/// <summary>Lets a person act for an operator, or changes the roles in which the person does.</summary>
public sealed class GrantMembership(Database database, TimeProvider time)
{
    /// <param name="accountId">The person.</param>
    /// <param name="tin">The operator.</param>
    /// <param name="roles">Of <see cref="MembershipRoles"/>: all that the person is for the operator from now on.</param>
    /// <param name="actor">Who grants it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>The membership's id.</returns>
    public async Task<Outcome<string>> ExecuteAsync(string accountId, Tin tin, IReadOnlyCollection<string> roles, string actor, CancellationToken cancellationToken)
    {
        if (roles.Count == 0 || roles.Any(role => !MembershipRoles.All.Contains(role)))
        {
            return new Refusal("membership_role_unknown", $"A membership has at least one of the roles {string.Join(", ", MembershipRoles.All)}.");
        }

        return await database.WriteAsync(tx => GrantAsync(tx, accountId, tin, string.Join(' ', roles.Distinct().Order(StringComparer.Ordinal)), actor), cancellationToken);
    }

    internal async Task<Outcome<string>> GrantAsync(WriteTransaction tx, string accountId, Tin tin, string roles, string actor)
    {
        if (await tx.ScalarAsync<string>("SELECT tin FROM operators WHERE tin = @Tin", new { Tin = tin.Value }) is null)
        {
            return GetOperator.Unknown;
        }

        if (await tx.ScalarAsync<string>("SELECT id FROM accounts WHERE id = @Id", new { Id = accountId }) is null)
        {
            return new Refusal("account_unknown", "There is no such account.");
        }

        var now = time.GetUtcNow();
        var granted = await tx.QuerySingleOrDefaultAsync<string>(
            """
            INSERT INTO memberships (id, account_id, tin, roles, since) VALUES (@Id, @AccountId, @Tin, @Roles, @Since)
            ON CONFLICT (account_id, tin) WHERE until IS NULL DO UPDATE SET roles = excluded.roles
            RETURNING id
            """,
            new { Id = EntityId.New(time), AccountId = accountId, Tin = tin.Value, Roles = roles, Since = now.ToUnixTimeSeconds() });
        await AuditTrail.AppendAsync(tx, now, AccountEvent.Of(
            SecurityEvents.MembershipGranted, accountId, actor, new AccountEvent { Tin = tin.Value, Roles = roles.Split(' ') }));
        return granted!;
    }
}
