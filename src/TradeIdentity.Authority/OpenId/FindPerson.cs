using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.IdentityProofs;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>Reads what tokens may say of a person: the account, and for whom they act today.</summary>
public sealed class FindPerson(Database database, Memberships memberships)
{
    /// <summary>The person; null where the account is gone or disabled, or <paramref name="sid"/> is of a session that has ended.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="sid">The session, for the entity chosen in it; null for none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Person?> ExecuteAsync(string accountId, string? sid, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            async connection => (await connection.QueryAsync<AccountRow, IdentityProofRow?, AccountAndProof>(new CommandDefinition(
                $"""
                SELECT a.id AS Id, a.email AS Email, a.email_confirmed AS EmailConfirmed,
                       a.given_name AS GivenName, a.family_name AS FamilyName, a.language AS Language, a.roles AS Roles,
                       s.sid AS Sid, s.acting_for AS ActingFor,
                       {IdentityProofRow.Columns}
                FROM accounts a LEFT JOIN account_sessions s ON s.sid = @sid AND s.account_id = a.id AND s.ended_at IS NULL
                    LEFT JOIN identity_proofs p ON p.account_id = a.id
                WHERE a.id = @accountId AND a.disabled_at IS NULL
                """, new { accountId, sid }, cancellationToken: cancellationToken), (account, proof) => new AccountAndProof(account, proof), splitOn: "AccountId")).SingleOrDefault(),
            cancellationToken).ConfigureAwait(false);
        return found is not { Account: var account } || (sid is not null && account.Sid is null)
            ? null
            : new Person(
                account.Id,
                account.Email,
                account.EmailConfirmed == 1,
                account.GivenName,
                account.FamilyName,
                account.Language,
                account.Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                await memberships.OfAccountAsync(accountId, cancellationToken).ConfigureAwait(false),
                account.ActingFor is { } tin ? Tin.Parse(tin) : null)
            {
                Proof = found.Proof?.ToProof(),
            };
    }

    private sealed record AccountAndProof(AccountRow Account, IdentityProofRow? Proof);

    private sealed class AccountRow
    {
        public required string Id { get; init; }

        public required string Email { get; init; }

        public long EmailConfirmed { get; init; }

        public required string GivenName { get; init; }

        public required string FamilyName { get; init; }

        public required string Language { get; init; }

        public required string Roles { get; init; }

        public string? Sid { get; init; }

        public string? ActingFor { get; init; }
    }
}
