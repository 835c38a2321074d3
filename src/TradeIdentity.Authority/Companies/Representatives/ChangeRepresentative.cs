using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Representatives;

/// <summary>
/// A member changes what another may do for the operator, or ends it at once: sessions act for it no longer, and tokens of the person are
/// revoked. Nobody changes their own rights; everyone may leave, but not as the last administrator.
/// </summary>
public sealed class ChangeRepresentative(Database database, TimeProvider time, GrantMembership grant, EndMembership end)
{
    /// <summary>The beginning stays; <see cref="InvitationTerms.From"/> is of invitations.</summary>
    public async Task<Outcome<Membership>> ExecuteAsync(Tin tin, string memberId, InvitationTerms terms, string accountId, CancellationToken cancellationToken) =>
        GivenRights.Read(terms with { From = null }, time.GetUtcNow()).TryGet(out var rights, out var refusal)
            ? await database.WriteAsync(tx => ChangeAsync(tx, tin, memberId, rights, accountId), cancellationToken).ConfigureAwait(false)
            : refusal;

    /// <returns>The membership as it was.</returns>
    public Task<Outcome<Membership>> EndAsync(Tin tin, string memberId, string accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(tx => EndAsync(tx, tin, memberId, accountId), cancellationToken);

    private async Task<Outcome<Membership>> ChangeAsync(WriteTransaction tx, Tin tin, string memberId, MemberRights rights, string accountId)
    {
        var now = time.GetUtcNow();
        if (memberId == accountId)
        {
            return new Refusal("representative_own", "Nobody changes what they may do themselves: another member does.");
        }

        if (!(await FindAsync(tx, tin, memberId, accountId, now).ConfigureAwait(false)).TryGet(out var held, out var refusal))
        {
            return refusal;
        }

        if ((await GivenRights.RefuseAsync(tx, accountId, tin, rights, now).ConfigureAwait(false)
            ?? (held.Rights.IsAdministrator && (!rights.IsAdministrator || rights.EndsAt is not null) ? await GivenRights.LastAsync(tx, memberId, tin, now).ConfigureAwait(false) : null)) is { } refused)
        {
            return refused;
        }

        if ((await grant.GrantAsync(tx, memberId, tin, rights, null, accountId).ConfigureAwait(false)).Refusal is { } cannot)
        {
            return cannot;
        }

        await AuditTrail.AppendAsync(tx, now, RepresentativeAudit.Of("representative-changed", tin, accountId, null, memberId, rights)).ConfigureAwait(false);
        await TellAsync(tx, held, "representative-changed", now).ConfigureAwait(false);
        return held with { Rights = rights };
    }

    private async Task<Outcome<Membership>> EndAsync(WriteTransaction tx, Tin tin, string memberId, string accountId)
    {
        var now = time.GetUtcNow();
        if (!(await FindAsync(tx, tin, memberId, accountId, now).ConfigureAwait(false)).TryGet(out var held, out var refusal))
        {
            return refusal;
        }

        if (held.Rights.IsAdministrator && await GivenRights.LastAsync(tx, memberId, tin, now).ConfigureAwait(false) is { } last)
        {
            return last;
        }

        if ((await end.EndAsync(tx, memberId, tin, accountId).ConfigureAwait(false)).Refusal is { } cannot)
        {
            return cannot;
        }

        await AuditTrail.AppendAsync(tx, now, RepresentativeAudit.Of("representative-ended", tin, accountId, null, memberId, null)).ConfigureAwait(false);
        await TellAsync(tx, held, "representative-ended", now).ConfigureAwait(false);
        return held;
    }

    // Of two who end each other at once, the second has no right any more.
    private static async Task<Outcome<Membership>> FindAsync(WriteTransaction tx, Tin tin, string memberId, string accountId, DateTimeOffset now)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        var own = await Memberships.RightsAsync(tx, accountId, tin, now).ConfigureAwait(false);
        if (own is null || (memberId != accountId && !own.May(MemberPowers.Representatives)))
        {
            return GivenRights.NotYours;
        }

        if (await Memberships.OpenAsync(tx, memberId, tin, now).ConfigureAwait(false) is not { } held)
        {
            return new Refusal("representative_unknown", "This person does not act for the entity.");
        }

        // Whoever has more than oneself is not one's to change: only administrators end administrators.
        return memberId == accountId || own.IsAdministrator || (!held.Rights.IsAdministrator && held.Rights.Powers.IsSubsetOf(own.Powers)) ? held : GivenRights.Exceeds;
    }

    private static Task<int> TellAsync(WriteTransaction tx, Membership held, string kind, DateTimeOffset now) => GiveNotice.ExecuteAsync(
        tx, [NoticeHolder.Of(held.Tin), NoticeHolder.Of(held.AccountId)], kind, held.Tin.Value, [new("company", held.LegalName)], now);
}
