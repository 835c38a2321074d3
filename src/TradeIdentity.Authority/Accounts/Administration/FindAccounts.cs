using Dapper;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Administration;

/// <summary>Finds accounts for an administrator, by id, part of the e-mail address, or part of the name. Pages go by key.</summary>
public sealed class FindAccounts(Database database)
{
    private const int MaxQuery = 250;

    /// <param name="query">Null or blank: all accounts.</param>
    /// <param name="cursor">Of the page before: the id of its last account, so that no address of a person is in an URL; null: the first page.</param>
    /// <param name="limit">1 to <see cref="PageLimit.Most"/>; null: <see cref="PageLimit.Usual"/>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<Outcome<AccountPage>> ExecuteAsync(string? query, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var wanted = query?.Trim() ?? "";
        if (wanted.Length > MaxQuery || !PrintableText.IsPrintable(wanted))
        {
            return new Refusal("query_invalid", $"The query has more than {MaxQuery} characters, or characters that do not print.");
        }

        if (!PageLimit.Read(limit).TryGet(out var count, out var refusal))
        {
            return refusal;
        }

        if (cursor is not null && await FindAsync(cursor, cancellationToken) is null)
        {
            return new Refusal("cursor_invalid", "The cursor is not one that this search gave, or its account was deleted.");
        }

        // One more than asked for tells whether another page follows.
        var rows = (await database.ReadAsync(
            connection => connection.QueryAsync<AccountRow>(new CommandDefinition(
                AccountRow.Select +
                """
                WHERE (@Cursor = '' OR a.normalized_email > (SELECT normalized_email FROM accounts WHERE id = @Cursor))
                    AND a.erased_at IS NULL AND (@Query = '' OR a.id = @Query OR a.normalized_email LIKE @Email ESCAPE '\'
                        OR lower(a.given_name || ' ' || a.family_name) LIKE @Name ESCAPE '\')
                ORDER BY a.normalized_email LIMIT @Limit
                """,
                new
                {
                    Cursor = cursor ?? "",
                    Query = wanted,
                    Email = $"%{Escape(wanted.ToUpperInvariant())}%",
                    Name = $"%{Escape(wanted.ToLowerInvariant())}%",
                    Limit = count + 1,
                },
                cancellationToken: cancellationToken)),
            cancellationToken)).AsList();
        return new AccountPage([.. rows.Take(count).Select(row => row.ToAccount())], rows.Count > count ? rows[count - 1].Id : null);
    }

    /// <summary>The account of this id; null where there is none.</summary>
    public Task<Account?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        connection => AccountRow.FindAsync(connection, AccountRow.Select + "WHERE a.id = @Id AND a.erased_at IS NULL", new { Id = id }, cancellationToken), cancellationToken);

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}

/// <summary>Accounts in the order of their addresses; the next page has this cursor, the last none.</summary>
public sealed record AccountPage(IReadOnlyList<Account> Accounts, string? NextCursor);
