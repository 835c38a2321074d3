using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Signatures;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>
/// What the holder does: opens and submits an application, gives an authorisation up. By a person who acts for the operator and has the
/// power to, and of the day on which it is done; of those who sign jointly it takes two.
/// </summary>
public sealed class TakeHoldersAct(Database database, ChangeAeoStatus change, TimeProvider time)
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
            return new Refusal("aeo_holder_required", "This is an act of a person who acts for the operator and has the power to.");
        }

        // A draft binds nobody.
        return rights.IsJoint && coSignedBy is null && decision.Act is (AeoAct.Submit or AeoAct.Relinquish)
            ? JointActs.Required
            : await change.DecideAsync(tx, decision, new AeoSignatures(AeoDecider.Holder, accountId, coSignedBy ?? accountId), null).ConfigureAwait(false);
    }
}
