using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Representatives;

/// <summary>
/// The person accepts or declines, once, by the link of the mail and with the account whose confirmed address was invited. Whether who
/// invited may still give that is asked again: nobody comes in through one who has left.
/// </summary>
public sealed class AnswerInvitation(Database database, TimeProvider time, RateLimits limits, GrantMembership grant)
{
    private static readonly RateLimit Tries = new("invitation answer", 30, TimeSpan.FromHours(1));

    public Task<Outcome<Invitation>> AcceptAsync(string token, string accountId, CancellationToken cancellationToken) => AnswerAsync(token, accountId, accepts: true, cancellationToken);

    public Task<Outcome<Invitation>> DeclineAsync(string token, string accountId, CancellationToken cancellationToken) => AnswerAsync(token, accountId, accepts: false, cancellationToken);

    private async Task<Outcome<Invitation>> AnswerAsync(string token, string accountId, bool accepts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return await limits.TakeAsync([(Tries, accountId)], cancellationToken).ConfigureAwait(false) > 0
            ? new Refusal("invitation_tries", "Too many tries: wait an hour, and use the link of the mail.")
            : await database.WriteAsync(tx => AnswerAsync(tx, token, accountId, accepts), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome<Invitation>> AnswerAsync(WriteTransaction tx, string token, string accountId, bool accepts)
    {
        var now = time.GetUtcNow();
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if (await Invitations.OfTokenAsync(tx, token, now).ConfigureAwait(false) is not { } invitation)
        {
            return Invitations.Unknown;
        }

        var email = await tx.ScalarAsync<string>(
            "SELECT email FROM accounts WHERE id = @accountId AND email_confirmed = 1 AND disabled_at IS NULL", new { accountId }).ConfigureAwait(false);
        if (email is null || Invitations.Normalise(email) != Invitations.Normalise(invitation.Email))
        {
            return new Refusal("invitation_other_address", "The invitation is to another address: sign in with the account that has it.");
        }

        return accepts ? await AcceptAsync(tx, invitation, accountId, now).ConfigureAwait(false) : await DeclineAsync(tx, invitation, accountId, now).ConfigureAwait(false);
    }

    private async Task<Outcome<Invitation>> AcceptAsync(WriteTransaction tx, Invitation invitation, string accountId, DateTimeOffset now)
    {
        var tin = invitation.Tin;
        if (await GivenRights.RefuseAsync(tx, invitation.InvitedBy, tin, invitation.Rights, now).ConfigureAwait(false) is not null || invitation.Rights.EndsAt <= now)
        {
            return new Refusal("invitation_void", "Who invited may no longer do so: ask the company for another invitation.");
        }

        if (await Memberships.OpenAsync(tx, accountId, tin, now).ConfigureAwait(false) is not null)
        {
            return new Refusal("invitation_member", "You act for this entity already.");
        }

        if ((await grant.GrantAsync(tx, accountId, tin, invitation.Rights, invitation.From, invitation.InvitedBy).ConfigureAwait(false)).Refusal is { } refusal)
        {
            return refusal;
        }

        await InviteRepresentative.SettleAsync(tx, invitation.Id, "accepted", accountId, now).ConfigureAwait(false);
        // Who had asked to be let in is in.
        await tx.ExecuteAsync(
            "UPDATE entity_registrations SET state = @Invited, settled_by = @accountId, settled_at = @now WHERE account_id = @accountId AND joins = @tin AND state IN ('submitted', 'asked')",
            new { RegistrationState.Invited, accountId, now = now.ToUnixTimeSeconds(), tin = tin.Value }).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, RepresentativeAudit.Of("invitation-accepted", tin, accountId, invitation.Id, accountId, invitation.Rights)).ConfigureAwait(false);
        await GiveNotice.ExecuteAsync(
            tx, [NoticeHolder.Of(tin), NoticeHolder.Of(accountId)], "representative-accepted", invitation.Id, [new("company", invitation.LegalName)], now).ConfigureAwait(false);
        return invitation with { State = "accepted" };
    }

    private static async Task<Outcome<Invitation>> DeclineAsync(WriteTransaction tx, Invitation invitation, string accountId, DateTimeOffset now)
    {
        await InviteRepresentative.SettleAsync(tx, invitation.Id, "declined", accountId, now).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, RepresentativeAudit.Of("invitation-declined", invitation.Tin, accountId, invitation.Id, accountId, null)).ConfigureAwait(false);
        await GiveNotice.ExecuteAsync(tx, [NoticeHolder.Of(invitation.Tin)], "representative-declined", invitation.Id, [new("company", invitation.LegalName)], now).ConfigureAwait(false);
        return invitation with { State = "declined" };
    }
}
