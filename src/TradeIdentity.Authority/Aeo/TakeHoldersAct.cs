using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>
/// What the holder does: opens and submits an application, gives an authorisation up. By a person who acts for the operator, in
/// either of the <see cref="MembershipRoles"/>, and of the day on which it is done.
/// </summary>
public sealed class TakeHoldersAct(Database database, ChangeAeoStatus change)
{
    public Task<Outcome<AeoComponent>> ExecuteAsync(AeoDecision decision, string accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(tx => TakeAsync(tx, decision, accountId), cancellationToken);

    private async Task<Outcome<AeoComponent>> TakeAsync(WriteTransaction tx, AeoDecision decision, string accountId) =>
        await Memberships.RolesAsync(tx, accountId, decision.Tin).ConfigureAwait(false) is not null
            ? await change.DecideAsync(tx, decision, AeoSignatures.One(AeoDecider.Holder, accountId), null).ConfigureAwait(false)
            : new Refusal("aeo_holder_required", "This is an act of a person who acts for the operator.");
}
