using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Documents;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>
/// What the person who registers an entity shows for it: extracts, deeds, powers of attorney. While the registration is open it is theirs to
/// attach and to take back; then it stays with the registration, unless that was withdrawn: what proves nothing is not kept.
/// </summary>
public sealed class RegistrationDocuments(Database database, TimeProvider time)
{
    /// <summary>Of one registration.</summary>
    public const int MostAttached = 10;

    private const string Table = "registration_documents";

    private static Refusal Unknown { get; } = new("registration_document_unknown", "The registration has no document with this id.");

    /// <summary>In the order in which they were attached.</summary>
    public Task<IReadOnlyList<AttachedDocument>> OfAsync(string registrationId, CancellationToken cancellationToken) =>
        DocumentRow.ListAsync(database, Table, "a.registration_id = @registrationId", new { registrationId }, cancellationToken);

    /// <summary>One, with its content.</summary>
    public Task<Outcome<(AttachedDocument Document, byte[] Content)>> ReadAsync(string registrationId, string id, CancellationToken cancellationToken) =>
        DocumentRow.ReadAsync(database, Table, "a.id = @id AND a.registration_id = @registrationId", new { id, registrationId }, Unknown, cancellationToken);

    /// <param name="registrationId">An open registration of the person.</param>
    /// <param name="name">As the person names it; of a path the last part counts.</param>
    /// <param name="content">A PDF, PNG or JPEG of at most <see cref="DocumentStore.MaxSize"/> bytes.</param>
    /// <param name="accountId">The person.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<Outcome<AttachedDocument>> AttachAsync(
        string registrationId, string name, ReadOnlyMemory<byte> content, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var now = time.GetUtcNow();
        return DocumentStore.Judge(name, content.Span, accountId, now).TryGet(out var document, out var refusal)
            ? await database.WriteAsync(tx => AttachAsync(tx, registrationId, document, content, now), cancellationToken).ConfigureAwait(false)
            : refusal;
    }

    /// <summary>Takes one back.</summary>
    public Task<Outcome<AttachedDocument>> RemoveAsync(string registrationId, string id, string accountId, CancellationToken cancellationToken) => database.WriteAsync<Outcome<AttachedDocument>>(
        async tx =>
        {
            if (await RefuseAsync(tx, registrationId, accountId).ConfigureAwait(false) is { } refusal)
            {
                return refusal;
            }

            var row = await tx.QuerySingleOrDefaultAsync<DocumentRow>(DocumentRow.Select(Table) + "WHERE a.id = @id AND a.registration_id = @registrationId", new { id, registrationId }).ConfigureAwait(false);
            if (row is null)
            {
                return Unknown;
            }

            await tx.ExecuteAsync("DELETE FROM registration_documents WHERE id = @id", new { id }).ConfigureAwait(false);
            await DocumentStore.DropUnusedAsync(tx, [row.Digest]).ConfigureAwait(false);
            await AuditAsync(tx, time.GetUtcNow(), "registration-document-removed", registrationId, row.ToDocument(), accountId).ConfigureAwait(false);
            return row.ToDocument();
        },
        cancellationToken);

    /// <summary>All that a person showed, whatever became of it.</summary>
    internal static Task EraseOfPersonAsync(WriteTransaction tx, string accountId) => EraseAsync(tx, "attached_by = @of", accountId);

    /// <summary>All of one registration.</summary>
    internal static Task EraseAsync(WriteTransaction tx, string registrationId) => EraseAsync(tx, "registration_id = @of", registrationId);

    private static async Task EraseAsync(WriteTransaction tx, string where, string of)
    {
        var digests = await tx.QueryAsync<DigestRow>($"SELECT digest AS Digest FROM registration_documents WHERE {where}", new { of }).ConfigureAwait(false);
        await tx.ExecuteAsync($"DELETE FROM registration_documents WHERE {where}", new { of }).ConfigureAwait(false);
        await DocumentStore.DropUnusedAsync(tx, digests.Select(row => row.Digest)).ConfigureAwait(false);
    }

    private static async Task<Outcome<AttachedDocument>> AttachAsync(WriteTransaction tx, string registrationId, AttachedDocument document, ReadOnlyMemory<byte> content, DateTimeOffset now)
    {
        if (await RefuseAsync(tx, registrationId, document.AttachedBy).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        if (await tx.ScalarAsync<long>("SELECT COUNT(*) FROM registration_documents WHERE registration_id = @registrationId", new { registrationId }).ConfigureAwait(false) >= MostAttached)
        {
            return new Refusal("registration_document_limit", $"A registration has at most {MostAttached} documents.");
        }

        await DocumentStore.PutAsync(tx, document, content).ConfigureAwait(false);
        await tx.ExecuteAsync(
            """
            INSERT INTO registration_documents (id, registration_id, digest, name, attached_by, attached_at)
            VALUES (@Id, @registrationId, @Digest, @Name, @AttachedBy, @At)
            """,
            new { document.Id, registrationId, document.Digest, document.Name, document.AttachedBy, At = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        await AuditAsync(tx, now, "registration-document-added", registrationId, document, document.AttachedBy).ConfigureAwait(false);
        return document;
    }

    // Another's is none.
    private static async Task<Refusal?> RefuseAsync(WriteTransaction tx, string registrationId, string accountId)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        return await EntityRegistrations.FindAsync(tx, registrationId).ConfigureAwait(false) is not { } registration || registration.AccountId != accountId ? EntityRegistrations.Unknown
            : RegistrationState.IsOpen(registration.State) ? null
            : new Refusal("registration_settled", $"The registration is {registration.State}.");
    }

    private static Task AuditAsync(WriteTransaction tx, DateTimeOffset now, string act, string registrationId, AttachedDocument document, string accountId) => AuditTrail.AppendAsync(
        tx, now, new AuditRecord(accountId, act, $"registration:{registrationId}", $$"""{"document":"{{document.Id}}","sha256":"{{document.Digest}}"}"""));

    private sealed class DigestRow
    {
        public required string Digest { get; init; }
    }
}
