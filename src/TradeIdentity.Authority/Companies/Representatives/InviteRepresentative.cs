using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Representatives;

/// <summary>
/// A member asks a person by e-mail to act for the operator, with no more than the member has; and mails the link again, or withdraws it.
/// The mail is in the outbox with the act. A new mail makes the link of the one before void.
/// </summary>
public sealed class InviteRepresentative(Database database, TimeProvider time, IMailOut mailOut, MailOutbox outbox, InvitationMails mails)
{
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(7);

    public const int MostMails = 5;

    // Of an operator in a day: the mail bears its name, and is no way to write to strangers.
    private const int MostADay = 50;

    public async Task<Outcome<Invitation>> ExecuteAsync(Tin tin, string email, InvitationTerms terms, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(email);
        var address = email.Trim();
        if (!AccountAddress.IsValid(address))
        {
            return new Refusal("invitation_address_invalid", "This is no e-mail address.");
        }

        if (!mailOut.CanSend)
        {
            return new Refusal("mail_unavailable", "This server sends no mail, and an invitation is one.");
        }

        return GivenRights.Read(terms, time.GetUtcNow()).TryGet(out var rights, out var refusal)
            ? await database.WriteAsync(tx => InviteAsync(tx, tin, address, rights, terms.From, accountId), cancellationToken).ConfigureAwait(false)
            : refusal;
    }

    public Task<Outcome<Invitation>> ResendAsync(Tin tin, string id, string accountId, CancellationToken cancellationToken) => database.WriteAsync(
        async tx =>
        {
            var now = time.GetUtcNow();
            if (!(await OpenAsync(tx, tin, id, accountId, now).ConfigureAwait(false)).TryGet(out var invitation, out var refusal))
            {
                return refusal;
            }

            if (invitation.Mails >= MostMails)
            {
                return new Refusal("invitation_limit", $"{MostMails} mails were sent, which is the most: withdraw it, and invite anew.");
            }

            // As whoever sends it may give now, too.
            if (await GivenRights.RefuseAsync(tx, accountId, tin, invitation.Rights, now).ConfigureAwait(false) is { } exceeds)
            {
                return exceeds;
            }

            var (token, expiresAt) = (InvitationToken.New(), now + Lifetime);
            await tx.ExecuteAsync(
                "UPDATE invitations SET token_hash = @Hash, expires_at = @ExpiresAt, mails = mails + 1 WHERE id = @id",
                new { id, Hash = Invitations.HashOf(token), ExpiresAt = expiresAt.ToUnixTimeSeconds() }).ConfigureAwait(false);
            await MailAsync(tx, invitation.LegalName, invitation.Email, token, expiresAt, accountId, now).ConfigureAwait(false);
            await AuditTrail.AppendAsync(tx, now, RepresentativeAudit.Of("invitation-sent-again", tin, accountId, id, null, null)).ConfigureAwait(false);
            return (Outcome<Invitation>)(await Invitations.FindAsync(tx, id, tin).ConfigureAwait(false))!;
        },
        cancellationToken);

    public Task<Outcome<Invitation>> WithdrawAsync(Tin tin, string id, string accountId, CancellationToken cancellationToken) => database.WriteAsync(
        async tx =>
        {
            var now = time.GetUtcNow();
            if (!(await OpenAsync(tx, tin, id, accountId, now).ConfigureAwait(false)).TryGet(out _, out var refusal))
            {
                return refusal;
            }

            await SettleAsync(tx, id, "withdrawn", accountId, now).ConfigureAwait(false);
            await AuditTrail.AppendAsync(tx, now, RepresentativeAudit.Of("invitation-withdrawn", tin, accountId, id, null, null)).ConfigureAwait(false);
            return (Outcome<Invitation>)(await Invitations.FindAsync(tx, id, tin).ConfigureAwait(false))!;
        },
        cancellationToken);

    internal static Task SettleAsync(WriteTransaction tx, string id, string state, string accountId, DateTimeOffset now) => tx.ExecuteAsync(
        "UPDATE invitations SET state = @state, token_hash = NULL, settled_by = @accountId, settled_at = @now WHERE id = @id AND state = 'open'",
        new { id, state, accountId, now = now.ToUnixTimeSeconds() });

    private async Task<Outcome<Invitation>> InviteAsync(WriteTransaction tx, Tin tin, string email, MemberRights rights, DateTimeOffset? from, string accountId)
    {
        var now = time.GetUtcNow();
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if (await GivenRights.RefuseAsync(tx, accountId, tin, rights, now).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        var open = await Invitations.OpenAsync(tx, tin).ConfigureAwait(false);
        if (open.Exists(invitation => Invitations.Normalise(invitation.Email) == Invitations.Normalise(email)))
        {
            return new Refusal("invitation_open", "An invitation to this address waits: send it again, or withdraw it.");
        }

        if (open.Count >= Invitations.MostOpen || await tx.ScalarAsync<long>(
            "SELECT COUNT(*) FROM invitations WHERE tin = @tin AND invited_at > @since", new { tin = tin.Value, since = now.AddDays(-1).ToUnixTimeSeconds() }).ConfigureAwait(false) >= MostADay)
        {
            return new Refusal("invitation_limit", $"{Invitations.MostOpen} invitations that wait, and {MostADay} in a day, are the most.");
        }

        var members = await tx.QueryAsync<string>(
            $"SELECT a.email FROM memberships m JOIN accounts a ON a.id = m.account_id WHERE m.tin = @tin AND {Memberships.NotEnded}",
            new { tin = tin.Value, Now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        if (members.Exists(member => Invitations.Normalise(member) == Invitations.Normalise(email)))
        {
            return new Refusal("invitation_member", "This person acts for the entity already: change what they may do.");
        }

        var (id, token, expiresAt) = (TimeOrderedId.New(now), InvitationToken.New(), now + Lifetime);
        await tx.ExecuteAsync(
            """
            INSERT INTO invitations (id, tin, email, roles, powers, is_joint, starts_at, ends_at, token_hash, expires_at, mails, state, invited_by, invited_at)
            VALUES (@id, @Tin, @email, @Roles, @Powers, @IsJoint, @StartsAt, @EndsAt, @Hash, @ExpiresAt, 1, 'open', @accountId, @Now)
            """,
            new
            {
                id,
                Tin = tin.Value,
                email,
                Roles = string.Join(' ', rights.Roles),
                Powers = string.Join(' ', rights.Powers),
                IsJoint = rights.IsJoint ? 1L : 0,
                StartsAt = from?.ToUnixTimeSeconds(),
                EndsAt = rights.EndsAt?.ToUnixTimeSeconds(),
                Hash = Invitations.HashOf(token),
                ExpiresAt = expiresAt.ToUnixTimeSeconds(),
                accountId,
                Now = now.ToUnixTimeSeconds(),
            }).ConfigureAwait(false);
        var name = await tx.ScalarAsync<string>("SELECT legal_name FROM operators WHERE tin = @tin", new { tin = tin.Value }).ConfigureAwait(false);
        await MailAsync(tx, name!, email, token, expiresAt, accountId, now).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, RepresentativeAudit.Of("representative-invited", tin, accountId, id, null, rights)).ConfigureAwait(false);
        await GiveNotice.ExecuteAsync(tx, [NoticeHolder.Of(tin)], "representative-invited", id, [new("company", name!)], now).ConfigureAwait(false);
        return (await Invitations.FindAsync(tx, id, tin).ConfigureAwait(false))!;
    }

    private async Task MailAsync(WriteTransaction tx, string company, string email, string token, DateTimeOffset expiresAt, string accountId, DateTimeOffset now)
    {
        var language = await tx.ScalarAsync<string>("SELECT language FROM accounts WHERE id = @accountId", new { accountId }).ConfigureAwait(false);
        await outbox.AddAsync(tx, mails.Write(email, company, token, expiresAt, language ?? "en"), now).ConfigureAwait(false);
    }

    private static async Task<Outcome<Invitation>> OpenAsync(WriteTransaction tx, Tin tin, string id, string accountId, DateTimeOffset now)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if ((await Memberships.RightsAsync(tx, accountId, tin, now).ConfigureAwait(false))?.May(MemberPowers.Representatives) != true)
        {
            return GivenRights.NotYours;
        }

        return await Invitations.FindAsync(tx, id, tin).ConfigureAwait(false) switch
        {
            null => Invitations.Unknown,
            { State: not "open" and var state } => new Refusal("invitation_settled", $"The invitation is {state}."),
            var open => open,
        };
    }
}
