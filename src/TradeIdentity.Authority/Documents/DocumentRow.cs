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
