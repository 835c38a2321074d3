namespace TradeIdentity.Authority.OpenId;

/// <summary>The optional filters of authorizations and tokens. What is null does not filter.</summary>
internal sealed record EntityFilter(string? Subject, string? Client, string? Status, string? Type)
{
    // One WHERE clause for each leading column, because "@Subject IS NULL OR subject = @Subject" would keep SQLite off the index.
    public const string OfSubject =
        """
        WHERE subject = @Subject AND (@Client IS NULL OR application_id = @Client)
            AND (@Status IS NULL OR status = @Status) AND (@Type IS NULL OR type = @Type)
        """;

    public const string OfClient =
        """
        WHERE application_id = @Client AND (@Status IS NULL OR status = @Status) AND (@Type IS NULL OR type = @Type)
        """;

    public const string OfAll =
        """
        WHERE (@Status IS NULL OR status = @Status) AND (@Type IS NULL OR type = @Type)
        """;

    public string NextConcurrencyToken { get; } = EntityId.NewConcurrencyToken();

    public string Choose(string ofSubject, string ofClient, string ofAll) =>
        Subject is not null ? ofSubject : Client is not null ? ofClient : ofAll;
}
