using System.Text.Json;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>The holder answers what the authority asked. The component stays as it is; the work list shows that an answer came.</summary>
public sealed class AnswerAeoRequest(Database database, TimeProvider time)
{
    public const int MaxAnswer = 10_000;

    /// <summary>Answers for the operator <paramref name="tin"/>, in 1 to <see cref="MaxAnswer"/> characters.</summary>
    public async Task<Outcome<AeoRequest>> ExecuteAsync(Tin tin, string requestId, string answer, string accountId, CancellationToken cancellationToken) =>
        PrintableText.NormaliseLines(answer, MaxAnswer) is { } text
            ? await database.WriteAsync(tx => AnswerAsync(tx, tin, requestId, text, accountId), cancellationToken).ConfigureAwait(false)
            : new Refusal("aeo_answer_invalid", $"An answer of 1 to {MaxAnswer} printable characters is required.");

    private async Task<Outcome<AeoRequest>> AnswerAsync(WriteTransaction tx, Tin tin, string requestId, string answer, string accountId)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if (await AeoHolders.RefuseAsync(tx, tin, accountId, time.GetUtcNow()).ConfigureAwait(false) is { } notTheirs)
        {
            return notTheirs;
        }

        var row = await tx.QuerySingleOrDefaultAsync<AeoRequestRow>(
            AeoRequests.Select + "WHERE id = @requestId AND tin = @tin", new { requestId, tin = tin.Value }).ConfigureAwait(false);
        if (row?.ToRequest() is not { } request)
        {
            return AeoRequests.Unknown;
        }

        if (request.State != AeoRequestState.Open)
        {
            return new Refusal(
                "aeo_request_settled",
                request.State == AeoRequestState.Answered ? $"The request was answered on {request.SettledAt:u}." : "The application was decided: nothing is asked any more.");
        }

        var now = time.GetUtcNow();
        await tx.ExecuteAsync(
            "UPDATE aeo_requests SET state = 'answered', answer = @answer, settled_by = @accountId, settled_at = @at WHERE id = @requestId",
            new { answer, accountId, at = now.ToUnixTimeSeconds(), requestId }).ConfigureAwait(false);
        await AuditTrail.AppendAsync(
            tx,
            now,
            new AuditRecord(
                accountId,
                "aeo-request-answered",
                $"operator:{tin}",
                JsonSerializer.Serialize(new AeoRequestAudit(request.Id, request.Programme, request.Component, request.Step), AeoRequestAuditJson.Default.AeoRequestAudit))).ConfigureAwait(false);
        return request with { State = AeoRequestState.Answered, Answer = answer, SettledBy = accountId, SettledAt = now.WholeSeconds() };
    }
}
