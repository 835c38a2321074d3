using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators;

/// <summary>Answers one operator of the register.</summary>
public sealed class GetOperator(Database database, ProgrammeCatalogue programmes)
{
    private readonly OperatorReader _reader = new(programmes);

    public async Task<Outcome<Operator>> ExecuteAsync(Tin tin, CancellationToken cancellationToken) =>
        await _reader.FindAsync(database, tin, cancellationToken).ConfigureAwait(false) is { } found
            ? found
            : Unknown;

    internal static Refusal Unknown { get; } = new("operator_unknown", "The register has no operator with this TIN.");
}
