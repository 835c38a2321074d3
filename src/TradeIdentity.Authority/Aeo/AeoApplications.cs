using System.Buffers.Text;
using System.Text;
using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>The work list of applications with a last day, submitted ones and those that were accepted, the first that is due first.</summary>
public sealed class AeoApplications(Database database, ProgrammeCatalogue programmes)
{
    /// <summary>Who has so many does not count on.</summary>
    public const int MostCounted = 10_000;

    private const int MaxCursor = 400;
    private const int MaxComponent = 40;

    // What is not asked for is an empty text: a parameter has one type in both databases.
    private const string Where =
        """
        WHERE c.due_on IS NOT NULL AND (@Status = '' OR c.status = @Status) AND (@Wanted = '' OR c.component = @Wanted)
            AND (@Officer = '' OR EXISTS (
                SELECT 1 FROM aeo_history h
                WHERE h.approved_by = @Officer AND h.taken_by = 'officer' AND h.tin = c.tin AND h.programme = c.programme AND h.component = c.component
                    AND h.step > COALESCE((
                        SELECT MAX(o.step) FROM aeo_history o
                        WHERE o.tin = c.tin AND o.programme = c.programme AND o.component = c.component AND o.act = 'open'), 0)))

        """;

    /// <param name="filter">Which of them.</param>
    /// <param name="cursor">Of the page before, as it was given; null: the first page.</param>
    /// <param name="limit">1 to <see cref="PageLimit.Most"/>; null: <see cref="PageLimit.Usual"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Outcome<AeoApplicationPage>> ExecuteAsync(AeoApplicationFilter filter, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        if (!PageLimit.Read(limit).TryGet(out var most, out var refusal))
        {
            return refusal;
        }

        if (filter.Component is { } wanted && (wanted.Length is 0 or > MaxComponent || !wanted.All(character => character is > ' ' and <= '~')))
        {
            return new Refusal("query_invalid", "The filter names no component.");
        }

        var after = cursor is null ? new Key("", "", "", "") : ReadCursor(cursor);
        if (after is null)
        {
            return new Refusal("cursor_invalid", "The cursor is not one that this list gave.");
        }

        var parameters = new
        {
            Status = filter.Status?.ToCode() ?? "",
            Wanted = filter.Component ?? "",
            Officer = filter.Officer ?? "",
            after.DueOn,
            after.Tin,
            after.Programme,
            after.Component,
            // One more than asked for tells whether another page follows.
            Limit = most + 1,
            MostCounted,
        };
        var (rows, total) = await database.ReadAsync(
            async connection =>
            {
                var found = (await connection.QueryAsync<Row>(new CommandDefinition(
                    """
                    SELECT c.tin AS Tin, o.legal_name AS LegalName, c.programme AS Programme, c.component AS Component, c.status AS Status,
                        c.decided_on AS DecidedOn, c.effective_from AS EffectiveFrom, c.due_on AS DueOn, c.extended_on AS ExtendedOn, c.step AS Step,
                        (SELECT r.due_on FROM aeo_requests r
                            WHERE r.tin = c.tin AND r.programme = c.programme AND r.component = c.component AND r.state = 'open') AS AnswerBy,
                        (SELECT MAX(r.settled_at) FROM aeo_requests r
                            WHERE r.tin = c.tin AND r.programme = c.programme AND r.component = c.component AND r.state = 'answered' AND r.step = c.step) AS AnsweredAt
                    FROM aeo_components c JOIN operators o ON o.tin = c.tin

                    """ + Where +
                    """
                    AND (c.due_on, c.tin, c.programme, c.component) > (@DueOn, @Tin, @Programme, @Component)
                    ORDER BY c.due_on, c.tin, c.programme, c.component LIMIT @Limit
                    """,
                    parameters,
                    cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();
                var counted = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM aeo_components c " + Where + " LIMIT @MostCounted) AS counted", parameters, cancellationToken: cancellationToken)).ConfigureAwait(false);
                return (found, (int)counted);
            },
            cancellationToken).ConfigureAwait(false);
        return new AeoApplicationPage(
            [.. rows.Take(most).Select(row => row.ToApplication(programmes))],
            rows.Count > most ? WriteCursor(rows[most - 1]) : null,
            total);
    }

    // One cursor, one text: what does not write back the same was not given here.
    private static string WriteCursor(Row last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{last.DueOn}\n{last.Tin}\n{last.Programme}\n{last.Component}"));

    private static Key? ReadCursor(string cursor)
    {
        if (cursor.Length > MaxCursor || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\n');
        return parts.Length == 4 && parts.All(part => part.Length > 0 && part.All(character => character is > ' ' and <= '~')) ? new Key(parts[0], parts[1], parts[2], parts[3]) : null;
    }

    private sealed record Key(string DueOn, string Tin, string Programme, string Component);

    private sealed record Row
    {
        public required string Tin { get; init; }

        public required string LegalName { get; init; }

        public required string Programme { get; init; }

        public required string Component { get; init; }

        public required string Status { get; init; }

        public string? DecidedOn { get; init; }

        public required string EffectiveFrom { get; init; }

        public required string DueOn { get; init; }

        public string? ExtendedOn { get; init; }

        public required long Step { get; init; }

        public string? AnswerBy { get; init; }

        public long? AnsweredAt { get; init; }

        public AeoApplication ToApplication(ProgrammeCatalogue programmes) => new(
            Operators.Identifiers.Tin.Parse(Tin),
            LegalName,
            new AeoRow
            {
                Tin = Tin,
                Programme = Programme,
                Component = Component,
                Status = Status,
                DecidedOn = DecidedOn,
                EffectiveFrom = EffectiveFrom,
                DueOn = DueOn,
                ExtendedOn = ExtendedOn,
                Step = Step,
            }.ToComponent(programmes),
            AeoRow.Date(AnswerBy),
            AnsweredAt is { } at ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(at).UtcDateTime) : null);
    }
}
