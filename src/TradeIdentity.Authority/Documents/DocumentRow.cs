using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Documents;

/// <summary>A document as a query reads it, of whatever it is attached to.</summary>
internal sealed record DocumentRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string MediaType { get; init; }

    public long Size { get; init; }

    public required string Digest { get; init; }

    public required string AttachedBy { get; init; }

    public long AttachedAt { get; init; }

    /// <summary>The columns of a table <c>a</c> that refers to documents.</summary>
    internal static string Select(string table) =>
        $"""
        SELECT a.id AS Id, a.name AS Name, d.media_type AS MediaType, d.size AS Size, a.digest AS Digest, a.attached_by AS AttachedBy, a.attached_at AS AttachedAt
        FROM {table} a JOIN documents d ON d.digest = a.digest

        """;

    /// <summary>Those that <paramref name="where"/> names, in the order in which they were attached.</summary>
    internal static Task<IReadOnlyList<AttachedDocument>> ListAsync(Database database, string table, string where, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AttachedDocument>>(
            async connection =>
            [
                .. (await connection.QueryAsync<DocumentRow>(new CommandDefinition(
                    $"{Select(table)}WHERE {where} ORDER BY a.id", parameters, cancellationToken: cancellationToken)).ConfigureAwait(false)).Select(row => row.ToDocument()),
            ],
            cancellationToken);

    /// <summary>The one that <paramref name="where"/> names, with its content; else <paramref name="unknown"/>.</summary>
    internal static Task<Outcome<(AttachedDocument Document, byte[] Content)>> ReadAsync(
        Database database, string table, string where, object parameters, Refusal unknown, CancellationToken cancellationToken) =>
        database.ReadAsync<Outcome<(AttachedDocument, byte[])>>(
            async connection =>
            {
                var row = await connection.QuerySingleOrDefaultAsync<DocumentRow>(new CommandDefinition(
                    $"{Select(table)}WHERE {where}", parameters, cancellationToken: cancellationToken)).ConfigureAwait(false);
                return row is null
                    ? unknown
                    : (row.ToDocument(), (await connection.ExecuteScalarAsync<byte[]>(new CommandDefinition(
                        "SELECT content FROM documents WHERE digest = @Digest", new { row.Digest }, cancellationToken: cancellationToken)).ConfigureAwait(false))!);
            },
            cancellationToken);

    public AttachedDocument ToDocument() => new()
    {
        Id = Id,
        Name = Name,
        MediaType = MediaType,
        Size = Size,
        Digest = Digest,
        AttachedBy = AttachedBy,
        AttachedAt = DateTimeOffset.FromUnixTimeSeconds(AttachedAt),
    };
}
