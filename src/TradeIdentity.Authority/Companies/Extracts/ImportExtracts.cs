using System.Runtime.CompilerServices;
using System.Text.Json;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Extracts;

/// <summary>
/// Takes the file of a register, an entity a line, for forms to be filled from. It registers nobody and confirms nothing: a later file
/// takes the place of an earlier one, number by number.
/// </summary>
public sealed class ImportExtracts(Database database, TimeProvider time)
{
    /// <summary>The longest line: a name, an address and sixteen numbers fit several times.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int MaxBatchLines = 500;

    /// <summary>One result for each line, in order, in constant memory.</summary>
    public async IAsyncEnumerable<ImportResult> ExecuteAsync(
        IAsyncEnumerable<ImportLine> lines, string actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<ReadLine>(MaxBatchLines);
        await foreach (var line in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(new ReadLine(line.Number, line.IsTooLong ? new Refusal("document_too_long", $"The line takes more than {MaxBytes} bytes.") : ExtractDocument.Read(line.Utf8)));
            if (batch.Count < MaxBatchLines)
            {
                continue;
            }

            foreach (var result in await StoreAsync(batch, actor, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }

            batch.Clear();
        }

        foreach (var result in await StoreAsync(batch, actor, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private async Task<IReadOnlyList<ImportResult>> StoreAsync(List<ReadLine> batch, string actor, CancellationToken cancellationToken)
    {
        if (!batch.Exists(line => line.Extract.Refusal is null))
        {
            return batch.ConvertAll(line => ImportResult.Rejected(line.Number, null, line.Extract.Refusal!));
        }

        return await database.WriteAsync(tx => StoreAsync(tx, batch, actor), cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ImportResult>> StoreAsync(WriteTransaction tx, List<ReadLine> batch, string actor)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        var now = time.GetUtcNow();
        // The last line with a number counts: a statement of several rows names each once.
        var rows = new Dictionary<(string, string), Row>();
        foreach (var line in batch)
        {
            if (line.Extract.TryGet(out var extract, out _))
            {
                foreach (var row in RowsOf(extract, actor, now))
                {
                    rows[(row.Scheme, row.Value)] = row;
                }
            }
        }

        var held = (await tx.QueryAsync<KeyRow>(
            $"SELECT scheme AS Scheme, value AS Value FROM register_extracts WHERE value IN {TextSet.In(tx.Dialect, "@Values")}",
            new { Values = TextSet.Of(rows.Keys.Select(key => key.Item2).Distinct()) }).ConfigureAwait(false)).Select(key => (key.Scheme, key.Value)).ToHashSet();
        await RowBatch.ExecuteAsync(
            tx,
            """
            INSERT INTO register_extracts (scheme, value, document, source, as_of, imported_by, imported_at)
            VALUES (@Scheme, @Value, @Document, @Source, @AsOf, @ImportedBy, @ImportedAt)
            ON CONFLICT (scheme, value) DO UPDATE SET document = excluded.document, source = excluded.source, as_of = excluded.as_of,
                imported_by = excluded.imported_by, imported_at = excluded.imported_at
            """,
            rows.Values).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, new AuditRecord(actor, "register-extracts-imported", "register-extracts", $$"""{"numbers":{{rows.Count}}}""")).ConfigureAwait(false);
        return batch.ConvertAll(line => line.Extract.Match(
            extract => new ImportResult(
                line.Number, null, extract.Entity.Identifiers!.Any(number => held.Contains((number.Scheme, number.Value))) ? ImportOutcome.Updated : ImportOutcome.Created, null, null),
            refusal => ImportResult.Rejected(line.Number, null, refusal)));
    }

    private static IEnumerable<Row> RowsOf(RegisterExtract extract, string actor, DateTimeOffset now)
    {
        var document = JsonSerializer.Serialize(new StoredExtract(extract.Entity, extract.Status), ExtractJson.Default.StoredExtract);
        return extract.Entity.Identifiers!.Select(identifier => new Row
        {
            Scheme = identifier.Scheme,
            Value = identifier.Value,
            Document = document,
            Source = extract.Source,
            AsOf = extract.AsOf?.ToUnixTimeSeconds(),
            ImportedBy = actor,
            ImportedAt = now.ToUnixTimeSeconds(),
        });
    }

    private readonly record struct ReadLine(long Number, Outcome<RegisterExtract> Extract);

    private sealed record KeyRow(string Scheme, string Value);

    private sealed record Row
    {
        public required string Scheme { get; init; }

        public required string Value { get; init; }

        public required string Document { get; init; }

        public required string Source { get; init; }

        public long? AsOf { get; init; }

        public required string ImportedBy { get; init; }

        public required long ImportedAt { get; init; }
    }
}
