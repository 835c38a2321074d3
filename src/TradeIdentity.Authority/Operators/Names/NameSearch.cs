using System.Data.Common;
using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators.Names;

/// <summary>
/// Finds names of the register that are like another. The database's index of trigrams gives candidates, a bounded number of them; what is like
/// and how much is decided here, the same on both databases.
/// </summary>
internal sealed class NameSearch(SqlDialect dialect)
{
    /// <summary>Words of a query that are looked at.</summary>
    internal const int MostWords = 8;

    // Of the names that hold a part of the query: where more do, the query is too common for all to be looked at.
    private const int MostCandidates = 1000;

    private const string Columns = "n.tin AS Tin, n.name AS Name, n.name_key AS NameKey, n.skeleton AS Skeleton";

    /// <param name="connection">To the database.</param>
    /// <param name="wanted">What is looked for.</param>
    /// <param name="most">Operators that are answered at most.</param>
    /// <param name="beyondSame">Also names with letters wrong where the very name is found.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The likest name of each operator, the likest first.</returns>
    internal async Task<List<NameMatch>> FindAsync(DbConnection connection, NameKey wanted, int most, bool beyondSame, CancellationToken cancellationToken)
    {
        string[] words = [.. wanted.Words.Take(MostWords)];
        if (words.Length == 0)
        {
            return [];
        }

        var best = new Dictionary<string, NameMatch>(StringComparer.Ordinal);
        foreach (var row in await ThatBeginAsync(connection, wanted.Skeleton, most, cancellationToken).ConfigureAwait(false))
        {
            Add(row, row.Skeleton.Length == wanted.Skeleton.Length ? NameLikeness.Same : NameLikeness.Begins, 0);
        }

        AddLike(await CandidatesAsync(connection, [.. words.Select(word => NamePieces.Whole(word) is { } piece ? [piece] : Array.Empty<string>())], cancellationToken).ConfigureAwait(false));
        if (best.Count < most && (beyondSame || best.Values.All(match => match.Likeness != NameLikeness.Same)))
        {
            foreach (var pieces in Misspelt(words))
            {
                AddLike(await CandidatesAsync(connection, pieces, cancellationToken).ConfigureAwait(false));
            }
        }

        return [.. best.Values.Order().Take(most)];

        void AddLike(IEnumerable<NameRow> rows)
        {
            foreach (var row in rows)
            {
                if (NameDistance.Of(words, row.NameKey.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { } wrongLetters)
                {
                    Add(row, NameLikeness.Words, wrongLetters);
                }
            }
        }

        void Add(NameRow row, NameLikeness likeness, int wrongLetters)
        {
            var match = new NameMatch(Tin.Parse(row.Tin), row.Name, likeness, wrongLetters, row.NameKey.AsSpan().Count(' ') - 1, row.NameKey.Length);
            if (!best.TryGetValue(row.Tin, out var held) || match.CompareTo(held) < 0)
            {
                best[row.Tin] = match;
            }
        }
    }

    private static Task<IEnumerable<NameRow>> ThatBeginAsync(DbConnection connection, string skeleton, int most, CancellationToken cancellationToken) =>
        connection.QueryAsync<NameRow>(new CommandDefinition(
            $"SELECT {Columns} FROM operator_names n WHERE n.skeleton >= @from AND n.skeleton < @to ORDER BY n.skeleton, n.tin LIMIT @most",
            new { from = skeleton, to = skeleton + "\U0010FFFF", most },
            cancellationToken: cancellationToken));

    // For each part of the word whose parts are longest, and tell most: names that hold it, and of each other word any part.
    private static IEnumerable<string[][]> Misspelt(string[] words)
    {
        if (!words.Any(word => NamePieces.WrongLetters(word) > 0))
        {
            yield break;
        }

        string[][] parts = [.. words.Select(word => (string[])[.. NamePieces.OfMisspelt(word).DefaultIfEmpty(NamePieces.Whole(word)).OfType<string>()])];
        var telling = Array.IndexOf(parts, parts.MaxBy(of => of.Length == 0 ? 0 : of.Min(part => part.Length)));
        foreach (var part in parts[telling])
        {
            yield return [.. parts.Select((of, i) => i == telling ? [part] : of)];
        }
    }

    /// <param name="connection">To the database.</param>
    /// <param name="pieces">A name is taken that holds for each element one of its parts. An element without parts is left out.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    private async Task<IEnumerable<NameRow>> CandidatesAsync(DbConnection connection, string[][] pieces, CancellationToken cancellationToken)
    {
        var asked = Array.FindAll(pieces, any => any.Length > 0);
        if (asked.Length == 0)
        {
            return [];
        }

        if (dialect == SqlDialect.Sqlite)
        {
            return await connection.QueryAsync<NameRow>(new CommandDefinition(
                $"SELECT {Columns} FROM operator_names_index i JOIN operator_names n ON n.id = i.rowid WHERE i.operator_names_index MATCH @match LIMIT {MostCandidates}",
                new { match = string.Join(" AND ", asked.Select(any => $"({string.Join(" OR ", any.Select(Trigrams))})")) },
                cancellationToken: cancellationToken)).ConfigureAwait(false);
        }

        var parameters = new DynamicParameters();
        var where = string.Join(" AND ", asked.Select((any, i) => $"({string.Join(" OR ", any.Select((piece, j) => Like(piece, $"p{i}_{j}")))})"));
        return await connection.QueryAsync<NameRow>(new CommandDefinition(
            $"SELECT {Columns} FROM operator_names n WHERE {where} LIMIT {MostCandidates}", parameters, cancellationToken: cancellationToken)).ConfigureAwait(false);

        string Like(string piece, string name)
        {
            parameters.Add(name, $"%{piece}%");
            return $"n.name_key LIKE @{name}";
        }
    }

    // A key has letters, digits and spaces alone: nothing of it is syntax, of a match or of a pattern.
    private static string Trigrams(string piece) => $"({string.Join(" AND ", NamePieces.Trigrams(piece).Select(trigram => $"\"{trigram}\""))})";

    private sealed class NameRow
    {
        public required string Tin { get; init; }

        public required string Name { get; init; }

        public required string NameKey { get; init; }

        public required string Skeleton { get; init; }
    }
}
