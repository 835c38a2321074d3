using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Issuance;

/// <summary>
/// Keeps a credential from being stored that states AEO status of before a decision: the decision saw no such credential, and
/// would not have taken it along. From here to the end of the act no step is recorded for these operators.
/// </summary>
internal static class AeoUnchanged
{
    public static Refusal Refusal { get; } = new("aeo_changed", "The operator's AEO status was decided on meanwhile: issue the credential again.");

    /// <summary>Those of the operators that have taken a step since they were read.</summary>
    public static async Task<HashSet<Tin>> ExceptAsync(WriteTransaction tx, IReadOnlyCollection<Operator> asRead)
    {
        if (asRead.Count == 0)
        {
            return [];
        }

        var rows = await tx.QueryAsync<StepRow>(
            $"SELECT tin AS Tin, step AS Step FROM aeo_components WHERE tin IN {TextSet.In(tx.Dialect, "@Tins")}"
                + (tx.Dialect == SqlDialect.PostgreSql ? " ORDER BY tin, programme, component FOR SHARE" : ""),
            new { Tins = TextSet.Of(asRead.Select(@operator => @operator.Tin.Value).Distinct()) }).ConfigureAwait(false);

        // Steps of a component only grow, and no component goes: an equal sum is an equal state.
        var now = rows.GroupBy(row => row.Tin).ToDictionary(group => group.Key, group => group.Sum(row => row.Step));
        return [.. asRead.Where(@operator => now.GetValueOrDefault(@operator.Tin.Value) != @operator.Aeo.Sum(component => (long)component.Step)).Select(@operator => @operator.Tin)];
    }

    private sealed class StepRow
    {
        public required string Tin { get; init; }

        public long Step { get; init; }
    }
}
