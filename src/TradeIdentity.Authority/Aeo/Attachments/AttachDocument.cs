using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Documents;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo.Attachments;

/// <summary>
/// A member of the applicant attaches a document to an application that is not decided, or takes one back from a draft. Documents are stored
/// by the digest of their content; what nothing refers to any more is deleted.
/// </summary>
public sealed class AttachDocument(Database database, AnswerSheets sheets, TimeProvider time)
{
    /// <summary>Of one application.</summary>
    public const int MostAttached = 20;

    /// <param name="tin">The operator.</param>
    /// <param name="programme">Null: that of the operator's country.</param>
    /// <param name="component">Of the programme.</param>
    /// <param name="name">As the applicant names it; of a path the last part counts.</param>
    /// <param name="content">A PDF, PNG or JPEG of at most <see cref="DocumentStore.MaxSize"/> bytes.</param>
    /// <param name="accountId">The member.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<Outcome<AttachedDocument>> ExecuteAsync(
        Tin tin, string? programme, string component, string name, ReadOnlyMemory<byte> content, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var now = time.GetUtcNow();
        if (!DocumentStore.Judge(name, content.Span, accountId, now).TryGet(out var document, out var refusal))
        {
            return refusal;
        }

        return await database.WriteAsync(
            tx => AttachAsync(tx, tin, programme, component, document, content, now), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes one back from a draft.</summary>
    public Task<Outcome<AttachedDocument>> RemoveAsync(Tin tin, string id, string accountId, CancellationToken cancellationToken) => database.WriteAsync<Outcome<AttachedDocument>>(
        async tx =>
        {
            await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
            var now = time.GetUtcNow();
            if (await AeoHolders.RefuseAsync(tx, tin, accountId, now).ConfigureAwait(false) is { } notTheirs)
            {
                return notTheirs;
            }

            var row = await tx.QuerySingleOrDefaultAsync<AttachedRow>(
                "SELECT programme AS Programme, component AS Component, opened_step AS OpenedStep, digest AS Digest, name AS Name FROM aeo_attachments WHERE id = @id AND tin = @tin",
                new { id, tin = tin.Value }).ConfigureAwait(false);
            if (row is null)
            {
                return Attachments.Unknown;
            }

            if (!(await sheets.FindAsync(tx, tin, row.Programme, row.Component).ConfigureAwait(false)).TryGet(out var sheet, out _) || !sheet.IsDraft || sheet.OpenedStep != row.OpenedStep)
            {
                return new Refusal("aeo_attachment_submitted", "What was submitted stays.");
            }

            await tx.ExecuteAsync("DELETE FROM aeo_attachments WHERE id = @id", new { id }).ConfigureAwait(false);
            await DocumentStore.DropUnusedAsync(tx, [row.Digest]).ConfigureAwait(false);
            await AuditAsync(tx, now, accountId, "aeo-attachment-removed", tin, id, row.Digest).ConfigureAwait(false);
            return new AttachedDocument { Id = id, Name = row.Name, MediaType = "", Size = 0, Digest = row.Digest, AttachedBy = accountId, AttachedAt = now };
        },
        cancellationToken);

    private async Task<Outcome<AttachedDocument>> AttachAsync(
        WriteTransaction tx, Tin tin, string? programme, string component, AttachedDocument document, ReadOnlyMemory<byte> content, DateTimeOffset now)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if (await AeoHolders.RefuseAsync(tx, tin, document.AttachedBy, now).ConfigureAwait(false) is { } notTheirs)
        {
            return notTheirs;
        }

        if (!(await sheets.FindAsync(tx, tin, programme, component).ConfigureAwait(false)).TryGet(out var sheet, out _) || !(sheet.IsDraft || AeoLifecycle.IsRunning(sheet.Status)))
        {
            return new Refusal("aeo_attachment_no_application", "Documents are attached to an application that is a draft or is not decided.");
        }

        var parameters = new { tin = tin.Value, programme = sheet.Programme, component, step = (long)sheet.OpenedStep, document.Id, document.Name, document.Digest, document.AttachedBy, At = now.ToUnixTimeSeconds() };
        if (await tx.ScalarAsync<long>(
            "SELECT COUNT(*) FROM aeo_attachments WHERE tin = @tin AND programme = @programme AND component = @component AND opened_step = @step", parameters).ConfigureAwait(false) >= MostAttached)
        {
            return new Refusal("aeo_attachment_limit", $"An application has at most {MostAttached} documents.");
        }

        await DocumentStore.PutAsync(tx, document, content).ConfigureAwait(false);
        await tx.ExecuteAsync(
            """
            INSERT INTO aeo_attachments (id, tin, programme, component, opened_step, digest, name, attached_by, attached_at)
            VALUES (@Id, @tin, @programme, @component, @step, @Digest, @Name, @AttachedBy, @At)
            """,
            parameters).ConfigureAwait(false);
        await AuditAsync(tx, now, document.AttachedBy, "aeo-attachment-added", tin, document.Id, document.Digest).ConfigureAwait(false);
        return document;
    }

    private static Task AuditAsync(WriteTransaction tx, DateTimeOffset now, string accountId, string act, Tin tin, string id, string digest) =>
        AuditTrail.AppendAsync(tx, now, new AuditRecord(accountId, act, $"operator:{tin}", $$"""{"attachment":"{{id}}","sha256":"{{digest}}"}"""));

    private sealed class AttachedRow
    {
        public required string Programme { get; init; }

        public required string Component { get; init; }

        public long OpenedStep { get; init; }

        public required string Digest { get; init; }

        public required string Name { get; init; }
    }
}
