using System.Text.Json;
using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators.Imports;

/// <summary>Keeps how far imports of files are and what became of each line, so that the officer can go away and come back.</summary>
public sealed class RegisterImports(Database database, TimeProvider time)
{
    public const int MaxFileName = 200;

    /// <summary>Days that an import and its lines are kept.</summary>
    public const int DaysKept = 90;

    private const string Columns =
        """
        id AS Id, file_name AS FileName, bytes AS Bytes, started_by AS StartedBy, started_at AS StartedAt, bytes_read AS BytesRead,
        created AS Created, updated AS Updated, unchanged AS Unchanged, rejected AS Rejected, progress_at AS ProgressAt, state AS State
        """;

    /// <param name="fileName">As the browser names it; what of it does not print is left out.</param>
    /// <param name="bytes">Of the file.</param>
    /// <param name="officer">The account that imports.</param>
    /// <param name="cancellationToken">Ends the act.</param>
    /// <returns>Its id.</returns>
    public async Task<string> BeginAsync(string fileName, long bytes, string officer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = TimeOrderedId.New(now);
        await database.ExecuteAsync(
            """
            INSERT INTO register_imports (id, file_name, bytes, started_by, started_at, bytes_read, created, updated, unchanged, rejected, progress_at, state)
            VALUES (@Id, @FileName, @Bytes, @Officer, @Now, 0, 0, 0, 0, 0, @Now, 'running')
            """,
            new { Id = id, FileName = PrintableText.Normalise(Path.GetFileName(fileName), MaxFileName) ?? "?", Bytes = bytes, Officer = officer, Now = now.ToUnixTimeSeconds() },
            cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <summary>Results of lines, each line once, and how much of the file is read.</summary>
    public Task AddAsync(string id, IReadOnlyCollection<ImportResult> results, long bytesRead, CancellationToken cancellationToken) => database.WriteAsync(
        async tx =>
        {
            await RowBatch.ExecuteAsync(
                tx,
                "INSERT INTO register_import_lines (import_id, line, tin, outcome, code, detail) VALUES (@ImportId, @Line, @Tin, @Outcome, @Code, @Detail)",
                results.Select(result => new LineRow
                {
                    ImportId = id,
                    Line = result.Line,
                    Tin = result.Tin,
                    Outcome = JsonNamingPolicy.CamelCase.ConvertName(result.Outcome.ToString()),
                    Code = result.Code,
                    Detail = result.Detail,
                })).ConfigureAwait(false);
            return await tx.ExecuteAsync(
                """
                UPDATE register_imports SET bytes_read = @bytesRead, progress_at = @now,
                    created = created + @created, updated = updated + @updated, unchanged = unchanged + @unchanged, rejected = rejected + @rejected
                WHERE id = @id
                """,
                new
                {
                    id,
                    bytesRead,
                    now = time.GetUtcNow().ToUnixTimeSeconds(),
                    created = Count(ImportOutcome.Created),
                    updated = Count(ImportOutcome.Updated),
                    unchanged = Count(ImportOutcome.Unchanged),
                    rejected = Count(ImportOutcome.Rejected),
                }).ConfigureAwait(false);

            long Count(ImportOutcome outcome) => results.LongCount(result => result.Outcome == outcome);
        },
        cancellationToken);

    /// <param name="id">Of the import.</param>
    /// <param name="state"><see cref="RegisterImportState.Done"/> or <see cref="RegisterImportState.Failed"/>.</param>
    /// <param name="cancellationToken">Ends the act.</param>
    public Task EndAsync(string id, string state, CancellationToken cancellationToken) => database.ExecuteAsync(
        "UPDATE register_imports SET state = @State, progress_at = @Now, bytes_read = CASE @State WHEN 'done' THEN bytes ELSE bytes_read END WHERE id = @Id",
        new { Id = id, State = state, Now = time.GetUtcNow().ToUnixTimeSeconds() },
        cancellationToken);

    public Task<RegisterImport?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.QuerySingleOrDefaultAsync<ImportRow>(new CommandDefinition(
            $"SELECT {Columns} FROM register_imports WHERE id = @id", new { id }, cancellationToken: cancellationToken)).ConfigureAwait(false))?.ToImport(time.GetUtcNow()),
        cancellationToken);

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<RegisterImport>> ListAsync(int most, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<RegisterImport>>(
        async connection =>
        [
            .. (await connection.QueryAsync<ImportRow>(new CommandDefinition(
                $"SELECT {Columns} FROM register_imports ORDER BY id DESC LIMIT @most", new { most }, cancellationToken: cancellationToken)).ConfigureAwait(false))
                .Select(row => row.ToImport(time.GetUtcNow())),
        ],
        cancellationToken);

    /// <param name="id">Of the import.</param>
    /// <param name="onlyRejected">Leaves out what went well.</param>
    /// <param name="after">The last line of the page before; 0: the first page.</param>
    /// <param name="most">Lines of a page.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<IReadOnlyList<ImportResult>> LinesAsync(string id, bool onlyRejected, long after, int most, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ImportResult>>(
            async connection =>
            [
                .. (await connection.QueryAsync<LineRow>(new CommandDefinition(
                    $"""
                    SELECT import_id AS ImportId, line AS Line, tin AS Tin, outcome AS Outcome, code AS Code, detail AS Detail FROM register_import_lines
                    WHERE import_id = @id AND line > @after{(onlyRejected ? " AND outcome = 'rejected'" : "")} ORDER BY line LIMIT @most
                    """,
                    new { id, after, most },
                    cancellationToken: cancellationToken)).ConfigureAwait(false))
                    .Select(row => new ImportResult(row.Line, row.Tin, Enum.Parse<ImportOutcome>(row.Outcome, ignoreCase: true), row.Code, row.Detail)),
            ],
            cancellationToken);

    /// <summary>Deletes imports that are older than <see cref="DaysKept"/>.</summary>
    public Task<int> DeleteOldAsync(CancellationToken cancellationToken)
    {
        var before = new { Before = time.GetUtcNow().AddDays(-DaysKept).ToUnixTimeSeconds() };
        return database.ExecuteAsync(
            [
                new("DELETE FROM register_import_lines WHERE import_id IN (SELECT id FROM register_imports WHERE started_at < @Before)", before),
                new("DELETE FROM register_imports WHERE started_at < @Before", before),
            ],
            cancellationToken);
    }

    private sealed class LineRow
    {
        public required string ImportId { get; init; }

        public required long Line { get; init; }

        public string? Tin { get; init; }

        public required string Outcome { get; init; }

        public string? Code { get; init; }

        public string? Detail { get; init; }
    }

    private sealed class ImportRow
    {
        public required string Id { get; init; }

        public required string FileName { get; init; }

        public required long Bytes { get; init; }

        public required string StartedBy { get; init; }

        public required long StartedAt { get; init; }

        public required long BytesRead { get; init; }

        public required long Created { get; init; }

        public required long Updated { get; init; }

        public required long Unchanged { get; init; }

        public required long Rejected { get; init; }

        public required long ProgressAt { get; init; }

        public required string State { get; init; }

        public RegisterImport ToImport(DateTimeOffset now)
        {
            var progress = DateTimeOffset.FromUnixTimeSeconds(ProgressAt);
            return new RegisterImport
            {
                Id = Id,
                FileName = FileName,
                Bytes = Bytes,
                StartedBy = StartedBy,
                StartedAt = DateTimeOffset.FromUnixTimeSeconds(StartedAt),
                BytesRead = BytesRead,
                Created = Created,
                Updated = Updated,
                Unchanged = Unchanged,
                Rejected = Rejected,
                ProgressAt = progress,
                State = State == RegisterImportState.Running && progress + RegisterImport.LongestPause < now ? RegisterImportState.Interrupted : State,
            };
        }
    }
}
