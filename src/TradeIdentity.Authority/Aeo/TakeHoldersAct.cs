using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Authority.Companies.Signatures;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>
/// What the holder does: opens, submits and withdraws an application, gives an authorisation up. By a person who acts for the operator and has the
/// power to, and of the day on which it is done; of those who sign jointly it takes two.
/// </summary>
public sealed class TakeHoldersAct(Database database, ChangeAeoStatus change, AnswerSheets sheets, TimeProvider time)
{
    public Task<Outcome<AeoComponent>> ExecuteAsync(AeoDecision decision, string accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(tx => TakeAsync(tx, decision, accountId, coSignedBy: null), cancellationToken);

    /// <param name="tx">The transaction of the act.</param>
    /// <param name="decision">What is done.</param>
    /// <param name="accountId">By whom.</param>
    /// <param name="coSignedBy">The second member who signs; null: none does.</param>
    internal async Task<Outcome<AeoComponent>> TakeAsync(WriteTransaction tx, AeoDecision decision, string accountId, string? coSignedBy)
    {
        if (await Memberships.RightsAsync(tx, accountId, decision.Tin, time.GetUtcNow()).ConfigureAwait(false) is not { } rights || !rights.May(MemberPowers.Aeo))
        {
            return AeoHolders.Required;
        }

        if (decision.Act == AeoAct.Submit && await IncompleteAsync(tx, decision).ConfigureAwait(false) is { } incomplete)
        {
            return incomplete;
        }

        // A draft binds nobody.
        return rights.IsJoint && coSignedBy is null && decision.Act is (AeoAct.Submit or AeoAct.Withdraw or AeoAct.Relinquish)
            ? JointActs.Required
            : await change.DecideAsync(tx, decision, new AeoSignatures(AeoDecider.Holder, accountId, coSignedBy ?? accountId), null).ConfigureAwait(false);
    }

    // An officer who enters an application from paper is not held up: the paper has the answers.
    private async Task<Refusal?> IncompleteAsync(WriteTransaction tx, AeoDecision decision) =>
        (await sheets.FindAsync(tx, decision.Tin, decision.Programme, decision.Component).ConfigureAwait(false)).TryGet(out var sheet, out _) && sheet.IsDraft && sheet.Missing.Any()
            ? new Refusal("aeo_answers_missing", $"The questionnaire is not complete: {string.Join(", ", sheet.Missing.Select(question => question.Code))}.")
            : null;
}
