using TradeIdentity.Authority.Documents;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo.Attachments;

/// <summary>Reads what applicants attached.</summary>
public sealed class Attachments(Database database)
{
    internal static Refusal Unknown { get; } = new("aeo_attachment_unknown", "The operator has no attachment with this id.");

    private const string Table = "aeo_attachments";

    /// <summary>Of one application, in the order in which they were attached.</summary>
    public Task<IReadOnlyList<AttachedDocument>> OfAsync(Tin tin, string programme, string component, int openedStep, CancellationToken cancellationToken) => DocumentRow.ListAsync(
        database,
        Table,
        "a.tin = @tin AND a.programme = @programme AND a.component = @component AND a.opened_step = @step",
        new { tin = tin.Value, programme, component, step = (long)openedStep },
        cancellationToken);

    /// <summary>One of an operator, with its content.</summary>
    public Task<Outcome<(AttachedDocument Document, byte[] Content)>> ReadAsync(Tin tin, string id, CancellationToken cancellationToken) =>
        DocumentRow.ReadAsync(database, Table, "a.id = @id AND a.tin = @tin", new { id, tin = tin.Value }, Unknown, cancellationToken);
}
