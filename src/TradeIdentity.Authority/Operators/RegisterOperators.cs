using System.Runtime.CompilerServices;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators;

/// <summary>
/// Registers operators from a stream of documents, one a line: a line creates an operator, replaces what its source says of
/// it, or is rejected alone. Lines are committed in batches; a result is given out only when its line is durable.
/// </summary>
public sealed class RegisterOperators(Database database, TimeProvider time, ProgrammeCatalogue programmes)
{
    // A transaction's worth of lines: enough that its flush to disk counts for little, few enough to hold in memory.
    private const int MaxBatchLines = 500;
    private const int MaxBatchBytes = 4 * 1024 * 1024;

    private readonly OperatorDocument _document = new(programmes);
    private readonly OperatorReader _reader = new(programmes);

    /// <summary>One result for each line, in order, in constant memory.</summary>
    /// <param name="lines">See <see cref="NdjsonLines"/>; bounded by <see cref="OperatorDocument.MaxBytes"/>.</param>
    /// <param name="actor">The client or account that imports.</param>
    /// <param name="cancellationToken">Ends the import between batches; what was given out stays.</param>
    public async IAsyncEnumerable<ImportResult> ExecuteAsync(
        IAsyncEnumerable<ImportLine> lines, string actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<ReadLine>(MaxBatchLines);
        var bytes = 0;
        await foreach (var line in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(Read(line));
            bytes += line.Utf8.Length;
            if (batch.Count < MaxBatchLines && bytes < MaxBatchBytes)
            {
                continue;
            }

            foreach (var result in await StoreAsync(batch, actor, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }

            batch.Clear();
            bytes = 0;
        }

        foreach (var result in await StoreAsync(batch, actor, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private ReadLine Read(ImportLine line)
    {
        if (line.IsTooLong)
        {
            return new ReadLine(line.Number, null, new Refusal("document_too_long", $"The line takes more than {OperatorDocument.MaxBytes} bytes."));
        }

        var outcome = _document.Read(line.Utf8, out var tin);
        return new ReadLine(line.Number, tin, outcome);
    }

    private async Task<IReadOnlyList<ImportResult>> StoreAsync(List<ReadLine> batch, string actor, CancellationToken cancellationToken)
    {
        // A batch of rejected lines only needs no transaction.
        if (!batch.Exists(line => line.Facts.Refusal is null))
        {
            return batch.ConvertAll(line => ImportResult.Rejected(line.Number, line.Tin?.Value, line.Facts.Refusal!));
        }

        return await database.WriteAsync(
            async tx =>
            {
                var registration = await OperatorRegistration.BeginAsync(
                    tx, _reader, [.. batch.SelectMany(FactsOf)], actor, time.GetUtcNow()).ConfigureAwait(false);
                var results = batch.ConvertAll(line => line.Facts.Match(
                    facts => registration.Register(facts).Match(
                        outcome => new ImportResult(line.Number, facts.Tin.Value, outcome, null, null),
                        refusal => ImportResult.Rejected(line.Number, facts.Tin.Value, refusal)),
                    refusal => ImportResult.Rejected(line.Number, line.Tin?.Value, refusal)));
                await registration.WriteAsync().ConfigureAwait(false);
                return results;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<OperatorFacts> FactsOf(ReadLine line) =>
        line.Facts.TryGet(out var facts, out _) ? [facts] : [];

    private readonly record struct ReadLine(long Number, Tin? Tin, Outcome<OperatorFacts> Facts);
}
