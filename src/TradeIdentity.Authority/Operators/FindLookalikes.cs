using Dapper;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Operators.Names;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators;

/// <summary>Warns of the same name with another number, and of the same number with another name: the mistakes, and the frauds, of bare numbers.</summary>
public sealed class FindLookalikes(Database database)
{
    /// <summary>Operators that are answered at most.</summary>
    public const int Most = 20;

    private readonly NameSearch _names = new(database.Dialect);

    /// <summary>Of an operator of the register: the others.</summary>
    public Task<IReadOnlyList<Lookalike>> OfAsync(Operator held, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(held);
        return ExecuteAsync(held.Tin.Value, held.TradingNames.Prepend(held.LegalName), held.Identifiers.Select(identifier => identifier.Value), [held.Tin.Value], cancellationToken);
    }

    /// <summary>Of an entity that somebody registers: all that could be the same.</summary>
    public Task<IReadOnlyList<Lookalike>> OfAsync(EntityRegistration registration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var entity = registration.Entity;
        return ExecuteAsync(
            entity.Tin,
            [entity.LegalName],
            (entity.Identifiers ?? []).Select(identifier => identifier.Value),
            registration.Tin is { } own ? [own.Value] : [],
            cancellationToken);
    }

    /// <param name="tin">That is stated; null: none.</param>
    /// <param name="names">Of the operator.</param>
    /// <param name="numbers">Values of its identifiers.</param>
    /// <param name="except">TINs that are the operator itself.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Those with a number first, then the likest names.</returns>
    private async Task<IReadOnlyList<Lookalike>> ExecuteAsync(
        string? tin, IEnumerable<string> names, IEnumerable<string> numbers, IReadOnlyCollection<string> except, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, List<LookalikeReason>>(StringComparer.Ordinal);
        return await database.ReadAsync<IReadOnlyList<Lookalike>>(
            async connection =>
            {
                foreach (var row in await connection.QueryAsync<NumberRow>(new CommandDefinition(
                    $"""
                    SELECT tin AS Tin, scheme AS Scheme, value AS Value FROM operator_identifiers
                    WHERE value IN {TextSet.In(database.Dialect, "@values")} ORDER BY tin, scheme LIMIT {2 * Most}
                    """,
                    new { values = TextSet.Of(numbers) },
                    cancellationToken: cancellationToken)).ConfigureAwait(false))
                {
                    Add(row.Tin, new LookalikeReason(LookalikeReason.SameNumber, row.Value, row.Scheme));
                }

                if (tin is not null && !except.Contains(tin))
                {
                    Add(tin, new LookalikeReason(LookalikeReason.SameNumber, tin, "tin"));
                }

                foreach (var key in names.Select(NameKey.Of).Distinct())
                {
                    foreach (var match in await _names.FindAsync(connection, key, Most + except.Count, beyondSame: true, cancellationToken).ConfigureAwait(false))
                    {
                        if (match.Likeness == NameLikeness.Same)
                        {
                            Add(match.Tin.Value, new LookalikeReason(LookalikeReason.SameName, match.Name));
                        }
                        else if (match.Likeness == NameLikeness.Words && match.WordCount == key.Words.Count)
                        {
                            Add(match.Tin.Value, new LookalikeReason(LookalikeReason.SimilarName, match.Name));
                        }
                    }
                }

                var legalNames = (await connection.QueryAsync<NameRow>(new CommandDefinition(
                    $"SELECT tin AS Tin, legal_name AS LegalName FROM operators WHERE tin IN {TextSet.In(database.Dialect, "@tins")}",
                    new { tins = TextSet.Of(found.Keys) },
                    cancellationToken: cancellationToken)).ConfigureAwait(false)).ToDictionary(row => row.Tin, row => row.LegalName);
                return [.. found.Where(each => legalNames.ContainsKey(each.Key)).Take(Most).Select(each => new Lookalike(each.Key, legalNames[each.Key], each.Value))];
            },
            cancellationToken).ConfigureAwait(false);

        void Add(string of, LookalikeReason reason)
        {
            if (except.Contains(of))
            {
                return;
            }

            if (!found.TryGetValue(of, out var reasons))
            {
                found.Add(of, reasons = []);
            }

            if (!reasons.Contains(reason))
            {
                reasons.Add(reason);
            }
        }
    }

    private sealed class NumberRow
    {
        public required string Tin { get; init; }

        public required string Scheme { get; init; }

        public required string Value { get; init; }
    }

    private sealed class NameRow
    {
        public required string Tin { get; init; }

        public required string LegalName { get; init; }
    }
}
