using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators;

/// <summary>
/// Who holds identifiers that name one operator only. It takes a confirmation to hold one: what anybody can declare keeps
/// nobody else from it.
/// </summary>
internal static class IdentifierHolders
{
    public static async Task<Dictionary<(string Scheme, string Value), Tin>> FindAsync(WriteTransaction tx, IEnumerable<DeclaredIdentifier> identifiers)
    {
        string[] values = [.. identifiers.Where(identifier => identifier.Scheme.IsUnique).Select(identifier => identifier.Value).Distinct()];
        if (values.Length == 0)
        {
            return [];
        }

        var rows = await tx.QueryAsync<HolderRow>(
            $"SELECT scheme AS Scheme, value AS Value, tin AS Tin FROM operator_identifiers WHERE confirmed_by IS NOT NULL AND value IN {TextSet.In(tx.Dialect, "@Values")}",
            new { Values = TextSet.Of(values) }).ConfigureAwait(false);
        return rows
            .Where(row => IdentifierScheme.Parse(row.Scheme).IsUnique)
            .ToDictionary(row => (row.Scheme, row.Value), row => Tin.Parse(row.Tin));
    }

    private sealed record HolderRow(string Scheme, string Value, string Tin);
}
