using Dapper;
using TradeIdentity.Authority.Documents;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo.Attachments;

/// <summary>Reads what applicants attached.</summary>
public sealed class Attachments(Database database)
{
    internal static Refusal Unknown { get; } = new("aeo_attachment_unknown", "The operator has no attachment with this id.");

    private static readonly string Select = DocumentRow.Select("aeo_attachments");

    /// <summary>Of one application, in the order in which they were attached.</summary>
    public Task<IReadOnlyList<AttachedDocument>> OfAsync(Tin tin, string programme, string component, int openedStep, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AttachedDocument>>(
            async connection =>
            [
                .. (await connection.QueryAsync<DocumentRow>(new CommandDefinition(
                    Select + "WHERE a.tin = @tin AND a.programme = @programme AND a.component = @component AND a.opened_step = @step ORDER BY a.id",
                    new { tin = tin.Value, programme, component, step = (long)openedStep },
                    cancellationToken: cancellationToken)).ConfigureAwait(false)).Select(row => row.ToDocument()),
            ],
            cancellationToken);

    /// <summary>One of an operator, with its content.</summary>
    public Task<Outcome<(AttachedDocument Document, byte[] Content)>> ReadAsync(Tin tin, string id, CancellationToken cancellationToken) =>
        database.ReadAsync<Outcome<(AttachedDocument, byte[])>>(
            async connection =>
            {
                var row = await connection.QuerySingleOrDefaultAsync<DocumentRow>(new CommandDefinition(
                    Select + "WHERE a.id = @id AND a.tin = @tin", new { id, tin = tin.Value }, cancellationToken: cancellationToken)).ConfigureAwait(false);
                return row is null
                    ? Unknown
                    : (row.ToDocument(), (await connection.ExecuteScalarAsync<byte[]>(new CommandDefinition(
                        "SELECT content FROM documents WHERE digest = @Digest", new { row.Digest }, cancellationToken: cancellationToken)).ConfigureAwait(false))!);
            },
            cancellationToken);
}
