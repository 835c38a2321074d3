using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>Reads requests for information; <see cref="AskForInformation"/> and <see cref="AnswerAeoRequest"/> write them.</summary>
public sealed class AeoRequests(Database database)
{
    public const int MaxOfOperator = 100;

    internal const string Select =
        """
        SELECT id AS Id, tin AS Tin, programme AS Programme, component AS Component, step AS Step, question AS Question, due_on AS DueOn,
            asked_by AS AskedBy, asked_at AS AskedAt, state AS State, answer AS Answer, settled_by AS SettledBy, settled_at AS SettledAt
        FROM aeo_requests

        """;

    internal static Refusal Unknown { get; } = new("aeo_request_unknown", "There is no request with this id.");

    /// <summary>The newest of an operator in any state, at most <see cref="MaxOfOperator"/>.</summary>
    public Task<List<AeoRequest>> OfOperatorAsync(Tin tin, CancellationToken cancellationToken) =>
        QueryAsync(Select + "WHERE tin = @tin ORDER BY id DESC LIMIT @MaxOfOperator", new { tin = tin.Value, MaxOfOperator }, cancellationToken);

    public async Task<Outcome<AeoRequest>> FindAsync(Tin tin, string id, CancellationToken cancellationToken) =>
        (await QueryAsync(Select + "WHERE id = @id AND tin = @tin", new { id, tin = tin.Value }, cancellationToken).ConfigureAwait(false))
            .SingleOrDefault() is { } found ? found : Unknown;

    /// <summary>A decision ends the application, and what was asked for it with it.</summary>
    internal static Task FollowAsync(WriteTransaction tx, AeoStep step, DateTimeOffset now) => AeoLifecycle.IsRunning(step.Component.Status)
        ? Task.CompletedTask
        : tx.ExecuteAsync(
            "UPDATE aeo_requests SET state = 'closed', settled_at = @at WHERE tin = @tin AND programme = @programme AND component = @component AND state = 'open'",
            new { at = now.ToUnixTimeSeconds(), tin = step.Tin.Value, programme = step.Component.Programme, component = step.Component.Component });

    private Task<List<AeoRequest>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.QueryAsync<AeoRequestRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false))
            .Select(row => row.ToRequest()).ToList(),
        cancellationToken);
}
