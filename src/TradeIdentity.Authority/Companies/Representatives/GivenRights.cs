using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Representatives;

/// <summary>Who may give which rights, asked inside each act: nobody gives more than they have, and an operator keeps an administrator.</summary>
internal static class GivenRights
{
    private const int MostYears = 10;

    internal static Refusal NotYours { get; } = new("representatives_not_yours", "This is an act of an administrator of the entity, or of a member with the power to, acting for it.");

    internal static Refusal Exceeds { get; } = new("representatives_exceed", "Nobody gives more than they have: fewer powers, a joint signature, or an earlier end.");

    internal static Outcome<MemberRights> Read(InvitationTerms terms, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var powers = terms.Powers.Distinct(StringComparer.Ordinal).ToArray();
        if (powers.Any(power => !MemberPowers.All.Contains(power)) || (powers.Length == 0 && !terms.IsAdministrator))
        {
            return new Refusal("representative_powers_invalid", $"A representative has one at least of {string.Join(", ", MemberPowers.All)}.");
        }

        return terms.Until <= now || terms.Until <= terms.From || terms.Until > now.AddYears(MostYears) || terms.From > now.AddYears(MostYears)
            ? new Refusal("representative_dates_invalid", $"It begins before it ends, and ends in the next {MostYears} years.")
            : new MemberRights(
                terms.IsAdministrator ? [.. MembershipRoles.All] : [MembershipRoles.Representative],
                terms.IsAdministrator ? [] : [.. powers],
                terms.IsJoint,
                terms.Until?.WholeSeconds());
    }

    /// <summary>Null: the member may give them.</summary>
    internal static async Task<Refusal?> RefuseAsync(WriteTransaction tx, string accountId, Tin tin, MemberRights given, DateTimeOffset now) =>
        await Memberships.RightsAsync(tx, accountId, tin, now).ConfigureAwait(false) is not { } own || !own.May(MemberPowers.Representatives) ? NotYours
        : own.Covers(given) ? null
        : Exceeds;

    /// <summary>Null: somebody who is an administrator without an end, and can sign in, stays beside this person.</summary>
    internal static async Task<Refusal?> LastAsync(WriteTransaction tx, string accountId, Tin tin, DateTimeOffset now) =>
        await tx.ScalarAsync<string>(
            """
            SELECT m.id FROM memberships m JOIN accounts a ON a.id = m.account_id
            WHERE m.tin = @tin AND m.account_id <> @accountId AND m.until IS NULL AND m.since <= @now AND m.ends_at IS NULL
              AND a.disabled_at IS NULL AND ' ' || m.roles || ' ' LIKE @administrator LIMIT 1
            """,
            new { tin = tin.Value, accountId, now = now.ToUnixTimeSeconds(), administrator = $"% {MembershipRoles.Administrator} %" }).ConfigureAwait(false) is null
            ? new Refusal("last_administrator", "The entity keeps an administrator without an end: appoint another one first.")
            : null;
}
