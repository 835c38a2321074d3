using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Mandates;

/// <summary>The names of the parties of some mandates, read at once: for who reads them on a page, in a mail, a token or a QR code.</summary>
public sealed class MandateNames
{
    private readonly Dictionary<string, string> _operators;
    private readonly Dictionary<string, string> _persons;

    private MandateNames(Dictionary<string, string> operators, Dictionary<string, string> persons) => (_operators, _persons) = (operators, persons);

    private delegate Task<IEnumerable<Row>> Query(string sql, object parameters);

    public static Task<MandateNames> ReadAsync(Database database, IEnumerable<MandateChain> chains, CancellationToken cancellationToken) => database.ReadAsync(
        connection => ReadAsync((sql, parameters) => connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)), database.Dialect, [.. chains.SelectMany(chain => chain.Links)]),
        cancellationToken);

    /// <summary>Inside an act, as its transaction sees it.</summary>
    internal static Task<MandateNames> ReadAsync(WriteTransaction tx, Mandate mandate) =>
        ReadAsync(async (sql, parameters) => await tx.QueryAsync<Row>(sql, parameters).ConfigureAwait(false), tx.Dialect, [mandate]);

    /// <summary>The legal name in the register.</summary>
    public string Of(Tin tin) => _operators.GetValueOrDefault(tin.Value, tin.Value);

    /// <summary>Null for a person whose account is gone.</summary>
    public string? Of(MandateRepresentative representative) => representative switch
    {
        MandateRepresentative.OfOperator entity => Of(entity.Tin),
        MandateRepresentative.OfPerson person => _persons.GetValueOrDefault(person.AccountId),
        _ => throw new InvalidOperationException("A representative is an operator or a person."),
    };

    private static async Task<MandateNames> ReadAsync(Query query, SqlDialect dialect, IReadOnlyCollection<Mandate> mandates)
    {
        var representatives = mandates.Select(mandate => mandate.Representative).ToList();
        string[] tins = [.. mandates.SelectMany(mandate => new[] { mandate.Principal, mandate.Grantor }).Concat(representatives.OfType<MandateRepresentative.OfOperator>().Select(entity => entity.Tin)).Select(tin => tin.Value).Distinct()];
        string[] persons = [.. representatives.OfType<MandateRepresentative.OfPerson>().Select(person => person.AccountId).Distinct()];
        return new MandateNames(
            await NamesAsync("SELECT tin AS Id, legal_name AS Name FROM operators WHERE tin IN ", tins).ConfigureAwait(false),
            await NamesAsync("SELECT id AS Id, trim(given_name || ' ' || family_name) AS Name FROM accounts WHERE id IN ", persons).ConfigureAwait(false));

        async Task<Dictionary<string, string>> NamesAsync(string sql, string[] ids) => ids.Length == 0
            ? []
            : (await query(sql + TextSet.In(dialect, "@Ids"), new { Ids = TextSet.Of(ids) }).ConfigureAwait(false)).ToDictionary(row => row.Id, row => row.Name, StringComparer.Ordinal);
    }

    private sealed record Row(string Id, string Name);
}
