using System.Buffers.Text;
using System.Data.Common;
using System.Text;
using Dapper;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Operators.Names;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators;

/// <summary>
/// Finds operators by TIN or identifier, whole or its beginning, and by name: case, diacritics, punctuation, legal form and the order of words
/// aside, and with letters that are wrong. What is likest comes first.
/// </summary>
public sealed class FindOperators(Database database, ProgrammeCatalogue programmes)
{
    /// <summary>Operators that one search finds at most: who sees more than that asks for more.</summary>
    public const int MostFound = 200;

    private const int MaxQuery = 250;

    // What is shorter begins too many numbers.
    private const int ShortestBeginning = 3;

    private readonly OperatorReader _reader = new(programmes);
    private readonly NameSearch _names = new(database.Dialect);

    /// <param name="query">Null or blank: all operators, in the order of their TINs.</param>
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
            return NotGiven;
        }

        // One more than asked for tells whether another page follows.
        var tins = await database.ReadAsync(
            connection => wanted.Length == 0 ? AllAsync(connection, after, most + 1, cancellationToken) : FoundAsync(connection, wanted, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        if (wanted.Length > 0 && after.Length > 0)
        {
            // Likeness orders what is found: the page goes on after the same operator, wherever it stands by now.
            if (tins.IndexOf(after) is var at && at < 0)
            {
                return NotGiven;
            }

            tins = tins[(at + 1)..];
        }

        return await PageAsync(tins, most, cancellationToken).ConfigureAwait(false);
    }

    private static Refusal NotGiven { get; } = new("cursor_invalid", "The cursor is not one that this search gave.");

    private async Task<OperatorPage> PageAsync(List<string> tins, int limit, CancellationToken cancellationToken)
    {
        Tin[] page = [.. tins.Take(limit).Select(tin => Tin.Parse(tin))];
        var operators = await _reader.FindManyAsync(database, page, cancellationToken).ConfigureAwait(false);
        return new OperatorPage(
            [.. page.Where(operators.ContainsKey).Select(tin => operators[tin])],
            tins.Count > limit ? WriteCursor(page[^1]) : null);
    }

    private static async Task<List<string>> AllAsync(DbConnection connection, string after, int limit, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<string>(new CommandDefinition(
            "SELECT tin FROM operators WHERE tin > @after ORDER BY tin LIMIT @limit", new { after, limit }, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();

    private async Task<List<string>> FoundAsync(DbConnection connection, string query, CancellationToken cancellationToken)
    {
        // As it was written, and as numbers are written that are shown in groups.
        var upper = query.ToUpperInvariant();
        var compact = upper.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        var numbered = await connection.QueryAsync<string>(new CommandDefinition(
            $"""
            SELECT tin FROM operators WHERE tin IN (@upper, @compact)
            UNION SELECT tin FROM operator_identifiers WHERE value IN (@query, @upper, @compact)
            ORDER BY tin LIMIT {MostFound}
            """,
            new { query, upper, compact },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        var begun = compact.Length < ShortestBeginning ? [] : await connection.QueryAsync<string>(new CommandDefinition(
            $"""
            SELECT tin FROM (SELECT tin FROM operators WHERE tin >= @compact AND tin < @to ORDER BY tin LIMIT {MostFound}) by_tin
            UNION SELECT tin FROM (SELECT tin FROM operator_identifiers WHERE value >= @compact AND value < @to ORDER BY value LIMIT {MostFound}) by_value
            ORDER BY tin LIMIT {MostFound}
            """,
            new { compact, to = compact + "\U0010FFFF" },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        var named = await _names.FindAsync(connection, NameKey.Of(query), MostFound, beyondSame: false, cancellationToken).ConfigureAwait(false);
        return [.. numbered.Concat(begun).Concat(named.Select(match => match.Tin.Value)).Distinct().Take(MostFound)];
    }

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
