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

        return await database.WriteAsync(tx => GrantAsync(tx, accountId, tin, Usual(roles), null, actor), cancellationToken);
    }

    /// <summary>With one signature and no end; who is no administrator applies and answers for AEO status.</summary>
    internal static MemberRights Usual(IEnumerable<string> roles) => new([.. roles], [MemberPowers.Aeo], false, null);

    /// <param name="tx">The transaction of the act.</param>
    /// <param name="accountId">The person.</param>
    /// <param name="tin">The operator.</param>
    /// <param name="rights">All that the person may from then on.</param>
    /// <param name="from">When it begins; null or past: now, or when it began.</param>
    /// <param name="actor">Who grants it.</param>
    internal async Task<Outcome<string>> GrantAsync(WriteTransaction tx, string accountId, Tin tin, MemberRights rights, DateTimeOffset? from, string actor)
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
            INSERT INTO memberships (id, account_id, tin, roles, powers, is_joint, since, ends_at)
            VALUES (@Id, @AccountId, @Tin, @Roles, @Powers, @IsJoint, @Since, @EndsAt)
            ON CONFLICT (account_id, tin) WHERE until IS NULL DO UPDATE SET roles = excluded.roles, powers = excluded.powers,
                is_joint = excluded.is_joint, ends_at = excluded.ends_at,
                since = CASE WHEN memberships.ends_at <= @Now OR @IsFrom = 1 THEN excluded.since ELSE memberships.since END
            RETURNING id
            """,
            new
            {
                Id = EntityId.New(time),
                AccountId = accountId,
                Tin = tin.Value,
                Roles = string.Join(' ', rights.Roles),
                Powers = string.Join(' ', rights.Powers),
                IsJoint = rights.IsJoint ? 1L : 0,
                Since = (from > now ? from.Value : now).ToUnixTimeSeconds(),
                EndsAt = rights.EndsAt?.ToUnixTimeSeconds(),
                Now = now.ToUnixTimeSeconds(),
                IsFrom = from > now ? 1L : 0,
            });
        await AuditTrail.AppendAsync(tx, now, AccountEvent.Of(
            SecurityEvents.MembershipGranted, accountId, actor, new AccountEvent { Tin = tin.Value, Roles = [.. rights.Roles] }));
        return granted!;
    }
}
