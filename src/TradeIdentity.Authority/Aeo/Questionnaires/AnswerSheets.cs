using System.Data.Common;
using System.Text.Json;
using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo.Questionnaires;

/// <summary>Reads what applicants answered.</summary>
public sealed class AnswerSheets(Database database, QuestionnaireCatalogue questionnaires, ProgrammeCatalogue programmes)
{
    internal static Refusal None { get; } = new("aeo_questionnaire_unknown", "There is no application for this component, or its programme asks nothing.");

    /// <summary>The sheet of the newest application for a component, empty where nothing was saved.</summary>
    /// <param name="tin">The operator.</param>
    /// <param name="programme">Null: that of the operator's country.</param>
    /// <param name="component">Of the programme.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<Outcome<AnswerSheet>> FindAsync(Tin tin, string? programme, string component, CancellationToken cancellationToken) => database.ReadAsync(
        connection => FindAsync(connection, null, tin, programme, component), cancellationToken);

    internal Task<Outcome<AnswerSheet>> FindAsync(WriteTransaction tx, Tin tin, string? programme, string component) =>
        FindAsync(tx.Connection, tx.Transaction, tin, programme, component);

    private async Task<Outcome<AnswerSheet>> FindAsync(DbConnection connection, DbTransaction? transaction, Tin tin, string? programme, string component)
    {
        programme ??= programmes.Of(tin.Country)?.Code;
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT c.status AS Status, h.step AS OpenedStep, a.version AS Version, a.answers AS Answers, a.saved_at AS SavedAt
            FROM aeo_components c
            JOIN aeo_history h ON h.tin = c.tin AND h.programme = c.programme AND h.component = c.component AND h.step =
                (SELECT MAX(step) FROM aeo_history o WHERE o.tin = c.tin AND o.programme = c.programme AND o.component = c.component AND o.act = 'open')
            LEFT JOIN aeo_answers a ON a.tin = c.tin AND a.programme = c.programme AND a.component = c.component AND a.opened_step = h.step
            WHERE c.tin = @tin AND c.programme = @programme AND c.component = @component
            """,
            new { tin = tin.Value, programme, component },
            transaction).ConfigureAwait(false);
        return row is null || questionnaires.Find(programme!, (int?)row.Version) is not { } questionnaire
            ? None
            : new AnswerSheet
            {
                Tin = tin,
                Programme = programme!,
                Component = component,
                OpenedStep = (int)row.OpenedStep,
                Questionnaire = questionnaire,
                Answers = row.Answers is null ? [] : JsonSerializer.Deserialize(row.Answers, QuestionnaireJson.Default.DictionaryStringString)!,
                SavedAt = row.SavedAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
                Status = AeoCodes.Status(row.Status),
            };
    }

    private sealed class Row
    {
        public required string Status { get; init; }

        public long OpenedStep { get; init; }

        public long? Version { get; init; }

        public string? Answers { get; init; }

        public long? SavedAt { get; init; }
    }
}
