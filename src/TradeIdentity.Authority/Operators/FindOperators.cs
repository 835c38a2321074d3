using System.Buffers.Text;
using System.Data.Common;
using System.Text;
using Dapper;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators;

/// <summary>
/// Finds operators by TIN, by the value of an identifier, or by part of a name, case and diacritics aside. Pages go by key,
/// so that a page stays right while others register operators.
/// </summary>
public sealed class FindOperators(Database database, ProgrammeCatalogue programmes)
{
    private const int MaxQuery = 250;

    private readonly OperatorReader _reader = new(programmes);

    /// <param name="query">Null or blank: all operators.</param>
    /// <param name="cursor">Of the page before, as it was given; null: the first page.</param>
    /// <param name="limit">1 to <see cref="PageLimit.Most"/>; null: <see cref="PageLimit.Usual"/>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<Outcome<OperatorPage>> ExecuteAsync(string? query, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var wanted = query?.Trim() ?? "";
        if (wanted.Length > MaxQuery || !PrintableText.IsPrintable(wanted))
        {
            return new Refusal("query_invalid", $"The query has more than {MaxQuery} characters, or characters that do not print.");
        }

        if (!PageLimit.Read(limit).TryGet(out var most, out var refusal))
        {
            return refusal;
        }

        var after = "";
        if (cursor is not null && !TryReadCursor(cursor, out after))
        {
            return new Refusal("cursor_invalid", "The cursor is not one that this search gave.");
        }

        return await PageAsync(wanted, after, most, cancellationToken).ConfigureAwait(false);
    }

    private async Task<OperatorPage> PageAsync(string query, string after, int limit, CancellationToken cancellationToken)
    {
        // One more than asked for tells whether another page follows.
        var tins = await database.ReadAsync(
            async connection => (await SearchAsync(connection, query, after, limit + 1, cancellationToken).ConfigureAwait(false)).AsList(),
            cancellationToken).ConfigureAwait(false);
        Tin[] page = [.. tins.Take(limit).Select(tin => Tin.Parse(tin))];
        var operators = await _reader.FindManyAsync(database, page, cancellationToken).ConfigureAwait(false);
        return new OperatorPage(
            [.. page.Where(operators.ContainsKey).Select(tin => operators[tin])],
            tins.Count > limit ? WriteCursor(page[^1]) : null);
    }

    private static Task<IEnumerable<string>> SearchAsync(DbConnection connection, string query, string after, int limit, CancellationToken cancellationToken) =>
        query.Length == 0
            ? connection.QueryAsync<string>(new CommandDefinition(
                "SELECT tin FROM operators WHERE tin > @after ORDER BY tin LIMIT @limit",
                new { after, limit },
                cancellationToken: cancellationToken))
            : connection.QueryAsync<string>(new CommandDefinition(
                """
                SELECT tin FROM operators
                WHERE tin > @after
                    AND (tin = @exact
                        OR search_name LIKE @pattern ESCAPE '\'
                        OR tin IN (SELECT tin FROM operator_identifiers WHERE value IN (@query, @exact)))
                ORDER BY tin LIMIT @limit
                """,
                new { after, limit, query, exact = query.ToUpperInvariant(), pattern = $"%{Escape(PrintableText.Fold(query))}%" },
                cancellationToken: cancellationToken));

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);

    private static string WriteCursor(Tin last) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(last.Value));

    private static bool TryReadCursor(string cursor, out string after)
    {
        after = "";
        if (cursor.Length > Tin.MaxLength * 2 || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        // One cursor, one text: what does not write back the same was not given here.
        if (!Tin.TryParse(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)), out var tin) || WriteCursor(tin) != cursor)
        {
            return false;
        }

        after = tin.Value;
        return true;
    }
}
