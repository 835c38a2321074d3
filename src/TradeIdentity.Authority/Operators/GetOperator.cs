using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Successions;

namespace TradeIdentity.Authority.Operators;

/// <summary>Answers one operator of the register.</summary>
public sealed class GetOperator(Database database, ProgrammeCatalogue programmes)
{
    private readonly OperatorReader _reader = new(programmes);

    public async Task<Outcome<Operator>> ExecuteAsync(Tin tin, CancellationToken cancellationToken) =>
        await _reader.FindAsync(database, tin, cancellationToken).ConfigureAwait(false) is { } found
            ? found
            : Unknown;

    /// <summary>Why nothing is done for an operator that is no more; null: it is.</summary>
    internal static Refusal? Ended(Operator held) => Ended(held.Tin, held.Succession);

    /// <summary>Inside an act that needs no more of an operator than that it is registered and has not ended; null: so it is.</summary>
    internal static async Task<Refusal?> RefuseAsync(WriteTransaction tx, Tin tin) =>
        await tx.QuerySingleOrDefaultAsync<OperatorSuccessionRow>($"SELECT {OperatorSuccessionRow.SuccessionColumns} FROM operators WHERE tin = @Tin", new { Tin = tin.Value }).ConfigureAwait(false) is { } row
            ? Ended(tin, row.ToSuccession())
            : Unknown;

    private static Refusal? Ended(Tin tin, OperatorSuccession? succession) => succession is { IsEnd: true }
        ? new Refusal(
            "operator_ended",
            $"{tin} was {succession.Kind.ToCode()} on {succession.EffectiveOn:O} and is carried on by {string.Join(", ", succession.Successors)}.")
        : null;

    internal static Refusal Unknown { get; } = new("operator_unknown", "The register has no operator with this TIN.");
}
